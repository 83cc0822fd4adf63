/** What the demo runs: the paper's validation net on MNIST under two learning-rate schedules (arXiv 1901.10159, §2.3). */
import type { Schedule } from '@ritz/training';
import { stableUuid } from '../recording/stable-uuid.ts';

export interface DemoRun {
  /** Derived from everything that decides the run's numbers: the same plan finds its stored run again. */
  readonly id: string;
  readonly name: string;
  readonly schedule: Schedule;
}

/** The settings both runs share. */
export const settings = {
  experiment: 'MNIST learning-rate schedules',
  layers: [784, 20, 10],
  classes: 10,
  seed: 1,
  batchSize: 100,
  momentum: 0.9,
  steps: 2000,
  logEvery: 20,
  /** Of MNIST's 10,000: enough for a curve, and a tenth of the training time instead of four fifths. */
  testExamples: 2000,
  /** Log-spaced; the rates of the two runs part ways half-way, after the third. */
  spectrumSteps: [0, 30, 100, 300, 1000, 2000] as readonly number[],
  spectrumExamples: 1024,
  lanczosSteps: 90,
  probes: 10,
} as const;

function demoRun(name: string, schedule: Schedule): DemoRun {
  return { id: stableUuid('ritz demo run', JSON.stringify(settings), JSON.stringify(schedule)), name, schedule };
}

export const demoRuns: readonly DemoRun[] = [
  demoRun('MLP, constant rate', { kind: 'constant', rate: 0.1 }),
  demoRun('MLP, step decay', { kind: 'step', initial: 0.1, factor: 0.1, steps: [200, 1000] }),
];
