/** A learning-rate schedule as the API takes it. */
import type { CreateRunInput } from '@ritz/client';
import type { Schedule } from '@ritz/training';

export function scheduleInput(schedule: Schedule): CreateRunInput['schedule'] {
  switch (schedule.kind) {
    case 'constant':
      return { kind: 'CONSTANT', initial: schedule.rate };
    case 'step':
      return { kind: 'STEP', initial: schedule.initial, factor: schedule.factor, steps: [...schedule.steps] };
    case 'cosine':
      return { kind: 'COSINE', initial: schedule.initial, totalSteps: schedule.totalSteps };
    case 'warmup-cosine': {
      const { initial, warmupSteps, totalSteps } = schedule;
      return { kind: 'WARMUP_COSINE', initial, warmupSteps, totalSteps };
    }
  }
}
