/** How long the runs of a plan take on this machine, estimated from a few steps of one network per family. */
import { createEngine } from '@ritz/estimation';
import { loadData, train, trainOptions, type Config, type TrainOptions } from '@ritz/training';
import type { PlannedRun } from './plan.ts';

/** The computation that a run consists of. */
export interface Work {
  /** Updates of the training. */
  readonly updates: number;
  /** Examples that go forward through the net, for evaluations and for the statistics of a population. */
  readonly forward: number;
  /** Examples times vectors that go through products with the Hessian. */
  readonly products: number;
}

/** Seconds per unit of work of one network. */
export interface Costs {
  readonly update: number;
  readonly forward: number;
  readonly product: number;
}

/** The work of a whole training run, its spectra included. */
export function workOf(options: TrainOptions): Work {
  const { steps, logEvery, spectrumSteps, spectrumExamples, spectrum, data, model, normMode } = options;
  const evaluations = new Set(spectrumSteps);
  for (let step = 0; step < steps; step += logEvery) evaluations.add(step);
  evaluations.add(steps);
  const tested = Math.min(options.testExamples ?? Infinity, data.test.labels.length);
  const population = normMode === 'population' && model.batchNorm ? data.train.labels.length : 0;
  const probes = spectrum.probes + (spectrum.gradientEnergy ? 1 : 0);
  // The eigenvectors that gradients are compared with take a product each.
  const vectors = probes * spectrum.lanczosSteps + 2 * model.classes;
  return {
    updates: steps,
    forward: evaluations.size * (spectrumExamples + tested) + (steps + evaluations.size) * population,
    products: spectrumSteps.length * spectrumExamples * vectors,
  };
}

export function secondsOf({ updates, forward, products }: Work, costs: Costs): number {
  return updates * costs.update + forward * costs.forward + products * costs.product;
}

const measuredSteps = 4;
/** One forward pass, and a backward pass that takes about twice as long. */
const passesOfAnUpdate = 3;

/** Trains for a few steps and starts a spectrum of one batch. Throws the signal's reason when it is aborted. */
export async function measureCosts(options: TrainOptions, signal: AbortSignal): Promise<Costs> {
  const enough = new AbortController();
  const [steps, products]: [number[], number[]] = [[], []];
  const probes = 2;
  const { batchSize } = options;
  await train({
    ...options,
    steps: measuredSteps,
    logEvery: measuredSteps,
    testExamples: Math.min(batchSize, options.data.test.labels.length),
    spectrumSteps: [measuredSteps],
    spectrumExamples: batchSize,
    spectrum: { lanczosSteps: 3, probes, seed: 1 },
    onProgress: ({ step, lanczos }) => {
      if (!lanczos && step > 0) steps.push(performance.now());
      if (lanczos) products.push(performance.now());
      if (products.length > 2) enough.abort();
    },
    signal: AbortSignal.any([signal, enough.signal]),
  }).catch((error: unknown) => {
    if (!enough.signal.aborted || signal.aborted) throw error;
  });
  const secondsEach = (times: readonly number[], count: number): number =>
    ((times[count] ?? Number.NaN) - (times[0] ?? Number.NaN)) / 1000 / count;
  const update = secondsEach(steps, 2);
  return {
    update,
    forward: update / passesOfAnUpdate / batchSize,
    product: secondsEach(products, 2) / (probes * batchSize),
  };
}

export interface FamilyEstimate {
  readonly family: string;
  readonly secondsPerStep: number;
  readonly secondsPerSpectrum: number;
}

export interface PlanEstimate {
  /** Runs that are not finished. */
  readonly runs: number;
  readonly seconds: number;
  readonly engine: string;
}

export interface EstimateOptions {
  /** Data sets are kept under it. */
  readonly dataDirectory: string;
  readonly signal: AbortSignal;
  /** Whether a run is stored completely; such runs take no time. */
  readonly isFinished: (config: Config) => Promise<boolean>;
  readonly onFamily?: (estimate: FamilyEstimate) => void;
}

/** Null when every run is finished. Throws the signal's reason when it is aborted. */
export async function estimatePlan(
  plan: readonly PlannedRun[],
  { dataDirectory, signal, isFinished, onFamily }: EstimateOptions,
): Promise<PlanEstimate | null> {
  const left: PlannedRun[] = [];
  for (const run of plan) if (!(await isFinished(run.config))) left.push(run);
  const [first] = left;
  if (!first) return null;
  const data = await loadData(first.config.data, { dataDirectory, signal });
  const engine = await createEngine({ engine: first.config.engine, precision: first.config.precision });
  try {
    let seconds = 0;
    for (const family of new Set(left.map((run) => run.family))) {
      const runs = left.filter((run) => run.family === family);
      const options = runs.map(({ config }) => trainOptions(config, data, engine));
      // Measured with batch statistics where there is a choice: networks without batch norm are somewhat faster.
      const measured = options.find(({ model, normMode }) => model.batchNorm && normMode === 'minibatch') ?? options[0];
      if (!measured) continue;
      const costs = await measureCosts(measured, signal);
      const secondsPerSpectrum = (workOf(measured).products / measured.spectrumSteps.length) * costs.product;
      onFamily?.({ family, secondsPerStep: costs.update, secondsPerSpectrum });
      for (const one of options) seconds += secondsOf(workOf(one), costs);
    }
    return { runs: left.length, seconds, engine: engine.name };
  } finally {
    await engine.close();
  }
}
