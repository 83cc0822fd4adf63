/**
 * Runs to fill a database with: the spectra are those of matrices whose eigenvalues are known (a bulk that decays, outliers that
 * grow along the run), measured by the product's own Lanczos, so that what is computed from them costs what it costs for real.
 */
import { randomUUID } from 'node:crypto';
import { type FloatArray, lanczos, type LinearOperator } from '@ritz/lanczos';
import type { NewRun, NewSpectrum, NewStep } from '@ritz/records';

export const spectraPerRun = 50;
const probesPerSpectrum = 10;
const lanczosSteps = 90;

/** Training steps logged along each run; every tenth-odd one has a spectrum. */
const loggedSteps = 300;
const dimension = 400;
const outliers = 10;

export interface Template {
  readonly run: NewRun;
  readonly steps: readonly NewStep[];
  readonly spectra: readonly NewSpectrum[];
}

/** One run of `loggedSteps` steps, or as many as it takes, with `count` spectra; `variant` tells it from others. */
export async function makeTemplate(variant: number, count = spectraPerRun, experiment = 'seeded'): Promise<Template> {
  const id = randomUUID();
  const length = Math.max(loggedSteps, count);
  const spectra: NewSpectrum[] = [];
  for (let index = 0; index < count; index++) spectra.push(await measure(id, index, variant, count));
  const steps = Array.from({ length }, (_, number) => ({
    number,
    epoch: number / 30,
    trainLoss: 2.3 * Math.exp(-number / 80) + 0.01 * variant,
    trainAccuracy: 1 - 0.9 * Math.exp(-number / 60),
    testLoss: 2.3 * Math.exp(-number / 90) + 0.05,
    testAccuracy: 0.97 - 0.87 * Math.exp(-number / 60),
    learningRate: number < 150 ? 0.1 : 0.01,
    gradientNorm: 3 * Math.exp(-number / 100),
  }));
  return { run: { ...settings(id, variant), experiment }, steps, spectra };
}

function settings(id: string, variant: number): Omit<NewRun, 'experiment'> {
  return {
    id,
    name: `template ${String(variant)}`,
    project: 'benchmark',
    architecture: variant % 2 === 0 ? 'resnet-32' : 'vgg-11',
    dataset: 'cifar-10',
    batchNorm: variant % 2 === 0 ? 'minibatch' : 'none',
    residual: variant % 2 === 0,
    optimiser: 'sgd(momentum=0.9)',
    schedule: { kind: 'step', initial: 0.1, factor: 0.1, steps: [150, 250] },
    seed: variant,
    classes: outliers,
    parameterCount: dimension,
    plannedSteps: loggedSteps,
    tags: ['benchmark', `variant-${String(variant)}`],
  };
}

/** A spectrum of `runId`, ready to be sent: the `index`-th of `count` along the run. */
async function measure(runId: string, index: number, variant: number, count = spectraPerRun): Promise<NewSpectrum> {
  const seed = 1000 * variant + index;
  const { probes, seconds, hvpCount } = await lanczos(diagonal(eigenvalues(index, variant)), {
    steps: lanczosSteps,
    probes: probesPerSpectrum,
    seed,
    precision: 'float64',
  });
  return {
    id: randomUUID(),
    runId,
    step: Math.floor((index * Math.max(loggedSteps, count)) / count),
    parameterCount: dimension,
    lanczosSteps: lanczosSteps,
    seed,
    precision: 'float64',
    dataSize: 50_000,
    dataFingerprint: 'sha256:benchmark',
    hvpCount,
    seconds,
    engine: 'benchmark',
    probes: probes.map((probe) => ({
      index: probe.index,
      seed: probe.seed,
      alpha: [...probe.alpha],
      beta: [...probe.beta],
    })),
    gradientOverlap: [{ k: outliers, fraction: 0.3 + index / 100 }],
  };
}

function eigenvalues(index: number, variant: number): Float64Array {
  const growth = 1 + index / 10;
  return Float64Array.from({ length: dimension }, (_, at) =>
    at < outliers
      ? growth * (3 + at + 0.1 * variant)
      : (2 * (at - dimension / 2)) / dimension + 0.7 * Math.sin(at * at),
  );
}

function diagonal(values: Float64Array): LinearOperator {
  return {
    dimension: values.length,
    apply: (vectors: FloatArray) =>
      Promise.resolve(vectors.map((value, at) => value * (values[at % values.length] ?? 0))),
  };
}
