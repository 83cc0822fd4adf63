/** Inputs of mutations that are right, to be sent as they are or with one thing wrong. */
import { randomUUID } from 'node:crypto';
import { tridiagonal, type Toeplitz } from './toeplitz.ts';

export const parameters = 1000;
export const lanczosSteps = 20;

type Overrides = Readonly<Record<string, unknown>>;

export function runInput(overrides: Overrides = {}) {
  return {
    id: randomUUID() as string,
    name: 'a run',
    architecture: 'mlp-784-20-10',
    dataset: 'mnist',
    optimiser: 'sgd',
    schedule: { kind: 'CONSTANT', initial: 0.1 },
    seed: 1,
    parameterCount: parameters,
    ...overrides,
  };
}

export function spectrumInput(runId: string, step: number, probes: readonly Toeplitz[], overrides: Overrides = {}) {
  return {
    id: randomUUID() as string,
    runId,
    step,
    parameterCount: parameters,
    lanczosSteps: lanczosSteps,
    seed: 3,
    precision: 'FLOAT64',
    dataSize: 100,
    dataFingerprint: 'abc',
    hvpCount: lanczosSteps * probes.length,
    seconds: 0.5,
    engine: 'test',
    probes: probes.map((probe, index) => ({ index, seed: 3, ...tridiagonal(probe) })),
    ...overrides,
  };
}
