/** Learning-rate schedules as data, so that they can be compared and drawn. */
import type { Run } from '@ritz/database';
import { builder } from '../builder.ts';
import { ScheduleKind } from '../types/enums.ts';

const about = {
  kind: 'Shape of the schedule.',
  initial: 'Learning rate at the start; of WARMUP_COSINE, the highest one. Greater than 0.',
  factor: 'STEP: what the rate is multiplied by at each of `steps`, such as 0.1.',
  steps: 'STEP: step numbers at which the rate changes, ascending. ONE_CYCLE, PIECEWISE: those of `rates`.',
  rates: 'PIECEWISE: the rates at `steps`, linear in between. ONE_CYCLE: the first, the highest and the last rate.',
  totalSteps: 'COSINE, WARMUP_COSINE: the step at which the rate reaches 0. ONE_CYCLE: the last step of the cycle.',
  warmupSteps: 'WARMUP_COSINE, ONE_CYCLE: the step at which the rate is highest.',
};

export const LearningRateSchedule = builder.objectRef<Run['schedule']>('LearningRateSchedule').implement({
  description: 'A learning-rate schedule as data; null = this kind does not use it.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ScheduleKind, description: about.kind }),
    initial: t.exposeFloat('initial', { description: about.initial }),
    factor: t.exposeFloat('factor', { nullable: true, description: about.factor }),
    steps: t.field({
      type: ['Int'],
      nullable: true,
      description: about.steps,
      resolve: ({ steps }) => (steps ? [...steps] : null),
    }),
    rates: t.field({
      type: ['Float'],
      nullable: true,
      description: about.rates,
      resolve: ({ rates }) => (rates ? [...rates] : null),
    }),
    totalSteps: t.exposeInt('totalSteps', { nullable: true, description: about.totalSteps }),
    warmupSteps: t.exposeInt('warmupSteps', { nullable: true, description: about.warmupSteps }),
  }),
});

export const ScheduleInput = builder.inputType('ScheduleInput', {
  description: 'A learning-rate schedule as data; leave out what the kind does not use.',
  fields: (t) => ({
    kind: t.field({ type: ScheduleKind, required: true, description: about.kind }),
    initial: t.float({ required: true, description: about.initial }),
    factor: t.float({ description: about.factor }),
    steps: t.intList({ description: about.steps }),
    rates: t.floatList({ description: about.rates }),
    totalSteps: t.int({ description: about.totalSteps }),
    warmupSteps: t.int({ description: about.warmupSteps }),
  }),
});
