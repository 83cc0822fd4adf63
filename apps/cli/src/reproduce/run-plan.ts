/** Runs of a plan, one after the other; what is there already is used. */
import pc from 'picocolors';
import { durationText } from '../terminal/progress.ts';
import { trainRun, type TrainedRun, type TrainRunOptions } from '../training/train-run.ts';
import { storedRun, type StoredRun } from './claim-run.ts';
import type { PlannedRun } from './plan.ts';

export interface ReproducedRun extends StoredRun, Pick<TrainedRun, 'id' | 'file' | 'notSent'> {
  readonly planned: PlannedRun;
  /** How its loss left the numbers, which is a result as well; null when it did not. */
  readonly diverged: string | null;
}

/** Of CIFAR-10, on which every plan trains. */
const classes = 10;

/** Throws what stopped it; a run that diverges stops only itself. */
export async function runPlan(plan: readonly PlannedRun[], options: TrainRunOptions): Promise<ReproducedRun[]> {
  const done: ReproducedRun[] = [];
  const timeLeft = createTimeLeft(plan.length);
  for (const [position, planned] of plan.entries()) {
    const title = `Run ${position + 1} of ${plan.length}: ${planned.config.name}`;
    process.stderr.write(pc.dim(`${title}${timeLeft.text(position)}\n`));
    const { id, file, trained, divergence, notSent } = await trainRun(planned.config, options);
    timeLeft.ended(trained);
    const diverged = divergence?.message ?? null;
    if (diverged !== null) process.stderr.write(`${planned.config.name}: ${diverged}\n`);
    done.push({ ...(await storedRun(planned, file, classes)), id, file, notSent, planned, diverged });
  }
  return done;
}

/** By the mean time of the runs that were not there already. */
function createTimeLeft(total: number) {
  let last = performance.now();
  let trained = 0;
  let seconds = 0;
  return {
    ended: (wasTrained: boolean): void => {
      const now = performance.now();
      if (wasTrained) {
        trained++;
        seconds += (now - last) / 1000;
      }
      last = now;
    },
    text: (position: number): string =>
      trained === 0 ? '' : ` (all: about ${durationText((seconds / trained) * (total - position))} left)`,
  };
}
