/** What the demo runs: the paper's validation net on MNIST under two learning-rate schedules (arXiv 1901.10159, §2.3). */
import { stableUuid } from '@ritz/records';
import type { Schedule } from '@ritz/training';

/** What can be chosen on the command line. */
export interface DemoSize {
  /** Updates of each run. */
  readonly steps: number;
  /** Training images that the Hessian is taken over. */
  readonly images: number;
  /** m */
  readonly lanczosSteps: number;
  /** k */
  readonly probes: number;
}

export interface DemoRun {
  /** Derived from everything that decides the run's numbers: the same plan finds its stored run again. */
  readonly id: string;
  readonly name: string;
  readonly schedule: Schedule;
}

export type DemoSettings = typeof fixed & DemoSize & { readonly spectrumSteps: readonly number[] };

export interface DemoPlan {
  readonly settings: DemoSettings;
  readonly runs: readonly DemoRun[];
}

export const defaultSize: DemoSize = { steps: 2000, images: 1024, lanczosSteps: 90, probes: 10 };

const fixed = {
  experiment: 'MNIST learning-rate schedules',
  layers: [784, 20, 10],
  classes: 10,
  seed: 1,
  batchSize: 100,
  momentum: 0.9,
  gradientEnergy: true,
  logEvery: 20,
  /** Of MNIST's 10,000: enough for a curve, and a tenth of the training time instead of four fifths. */
  testExamples: 2000,
} as const;

/** Log-spaced shares of a run at which spectra are measured; the two schedules diverge half-way, after the third. */
const spectrumShares = [0, 0.015, 0.05, 0.15, 0.5, 1];
const dropShares = [0.1, 0.5];

/** Both runs share all settings but the schedule. */
export function planDemo(size: DemoSize): DemoPlan {
  const at = (shares: readonly number[]): number[] => [
    ...new Set(shares.map((share) => Math.round(share * size.steps))),
  ];
  const settings = { ...fixed, ...size, spectrumSteps: at(spectrumShares) };
  const run = (name: string, schedule: Schedule): DemoRun => ({
    id: stableUuid('ritz demo run', JSON.stringify(settings), JSON.stringify(schedule)),
    name,
    schedule,
  });
  const drops = at(dropShares).filter((step) => step > 0);
  return {
    settings,
    runs: [
      run('MLP, constant rate', { kind: 'constant', rate: 0.1 }),
      run('MLP, step decay', { kind: 'step', initial: 0.1, factor: 0.1, steps: drops }),
    ],
  };
}
