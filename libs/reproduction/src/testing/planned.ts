/** A small run of a plan. */
import { parseConfig } from '@ritz/training';
import type { PlannedRun } from '../plan.ts';

/** 10 steps of a small net on MNIST; `changes` replace settings of its config. */
export function planned(changes: Readonly<Record<string, unknown>> = {}): PlannedRun {
  const config = parseConfig(
    'plan',
    JSON.stringify({
      name: 'net',
      architecture: { kind: 'mlp', hidden: [4] },
      data: { kind: 'mnist' },
      schedule: { kind: 'constant', rate: 0.1 },
      batchSize: 20,
      steps: 10,
      logEvery: 5,
      testExamples: 30,
      spectra: { steps: [0, 7], examples: 40, lanczosSteps: 6, probes: 2, gradientEnergy: false },
      ...changes,
    }),
  );
  return { config, family: 'net', setting: 'net', claims: ['F1'] };
}
