/** Runs of a plan, one after the other; stored runs are reused. */
import type { Config } from '@ritz/training';
import type { PlannedRun } from './plan.ts';
import { storedRun, type StoredRun } from './storedRun.ts';

/** The outcome of training one run. */
export interface TrainedRun {
  readonly id: string;
  /** The file of its records. */
  readonly file: string;
  /** False if all of it was already stored. */
  readonly trained: boolean;
  /** The divergence that ended the run; null when it did not diverge. */
  readonly divergence: Error | null;
  /** Why some records are not at the API; null if all are, or none were to be sent. */
  readonly notSent: string | null;
}

export interface ReproducedRun extends StoredRun, Pick<TrainedRun, 'id' | 'file' | 'notSent'> {
  readonly planned: PlannedRun;
  /** The divergence that ended the run, which is a result as well; null when it did not diverge. */
  readonly diverged: string | null;
}

export interface PlanProgress {
  readonly planned: PlannedRun;
  /** From 1 to `total`. */
  readonly number: number;
  readonly total: number;
  /** Estimated for all runs that remain, from those that were trained; null before the first. */
  readonly secondsLeft: number | null;
}

export interface RunPlanOptions {
  /** Trains a run, or finds it stored. Throws what stops the whole plan. */
  readonly train: (config: Config) => Promise<TrainedRun>;
  readonly onRun?: (progress: PlanProgress) => void;
  readonly onDivergence?: (planned: PlannedRun, message: string) => void;
}

/** The source of CIFAR-10, the data set of every plan. */
const classes = 10;

/** A diverging run does not stop the plan. Throws what `train` throws. */
export async function runPlan(
  plan: readonly PlannedRun[],
  { train, onRun, onDivergence }: RunPlanOptions,
): Promise<ReproducedRun[]> {
  const done: ReproducedRun[] = [];
  let trainedRuns = 0;
  let trainedSeconds = 0;
  for (const [position, planned] of plan.entries()) {
    const secondsLeft = trainedRuns === 0 ? null : (trainedSeconds / trainedRuns) * (plan.length - position);
    onRun?.({ planned, number: position + 1, total: plan.length, secondsLeft });
    const started = performance.now();
    const { id, file, trained, divergence, notSent } = await train(planned.config);
    if (trained) {
      trainedRuns++;
      trainedSeconds += (performance.now() - started) / 1000;
    }
    const diverged = divergence?.message ?? null;
    if (diverged !== null) onDivergence?.(planned, diverged);
    done.push({ ...(await storedRun(planned, file, classes)), id, file, notSent, planned, diverged });
  }
  return done;
}
