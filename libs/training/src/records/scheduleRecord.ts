/** A learning-rate schedule in the form of records. */
import type { NewSchedule } from '@ritz/records';
import type { Schedule } from '../optimisation/schedule.ts';

export function scheduleRecord(schedule: Schedule): NewSchedule {
  switch (schedule.kind) {
    case 'constant':
      return { kind: 'constant', initial: schedule.rate };
    case 'step':
    case 'cosine':
    case 'warmup-cosine':
      return schedule;
    case 'one-cycle': {
      const { kind, initial, highest, final, warmupSteps, totalSteps } = schedule;
      const points = { steps: [0, warmupSteps, totalSteps], rates: [initial, highest, final] };
      return { kind, initial, ...points, warmupSteps, totalSteps };
    }
    case 'piecewise':
      return { ...schedule, initial: schedule.rates[0] ?? 0 };
    default:
      throw new Error(`Unknown schedule: ${String(schedule satisfies never)}`);
  }
}
