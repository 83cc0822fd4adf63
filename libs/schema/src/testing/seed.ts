/** Inputs of mutations that are right, to be sent as they are or with one thing wrong. */
import { randomUUID } from 'node:crypto';
import { knownSpectrum, lanczosProbe, type ProbeData } from './lanczos.ts';

export const probes: readonly ProbeData[] = [0, 1, 2].map((index) => lanczosProbe(knownSpectrum, 30, index, 7));

/** The second spectrum of a run: everything twice as large. */
export const doubledProbes: readonly ProbeData[] = [0, 1, 2].map((index) =>
  lanczosProbe(
    knownSpectrum.map((value) => 2 * value),
    30,
    index,
    11,
  ),
);

export function runInput(overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    id: randomUUID() as string,
    name: 'a run',
    project: 'test',
    experiment: 'schema',
    architecture: 'mlp-784-20-10',
    dataset: 'mnist',
    optimiser: 'sgd(momentum=0.9)',
    schedule: { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [100, 200] },
    seed: 1,
    classes: 3,
    parameterCount: knownSpectrum.length,
    tags: ['b', 'a', 'b'],
    ...overrides,
  };
}

export function spectrumInput(runId: string, step: number, overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    id: randomUUID() as string,
    runId,
    step,
    parameterCount: knownSpectrum.length,
    lanczosSteps: 30,
    seed: 7,
    precision: 'FLOAT64',
    dataSize: 1000,
    dataFingerprint: 'f00d',
    hvpCount: 90,
    seconds: 0.25,
    engine: 'test',
    probes,
    gradientOverlap: [
      { k: 1, fraction: 0.25 },
      { k: 4, fraction: 0.75 },
    ],
    ...overrides,
  };
}
