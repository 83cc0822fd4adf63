/** How long the runs of a plan take on this machine, from a few steps of one net of each family. */
import path from 'node:path';
import { createEngine, type Engine } from '@ritz/estimation';
import { readRecords } from '@ritz/records';
import { loadData, runIdOf, train, trainOptions, type SplitDataSet, type TrainOptions } from '@ritz/training';
import { durationText } from '../terminal/progress.ts';
import type { PlannedRun } from './plan.ts';

/** What a run asks of the machine. */
export interface Work {
  /** Updates of the training. */
  readonly updates: number;
  /** Examples that go forward through the net, for evaluations and for the statistics of a population. */
  readonly forward: number;
  /** Examples times vectors that go through products with the Hessian. */
  readonly products: number;
}

/** Seconds for a unit of work of a net. */
export interface Costs {
  readonly update: number;
  readonly forward: number;
  readonly product: number;
}

/** Of whole training runs, their spectra included. */
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
/** Forward, and backward about twice as long. */
const passesOfAnUpdate = 3;

/** Trains for a few steps and begins a spectrum of one batch. Throws the signal's reason when it is aborted. */
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

/** Lines for people: of each family what a step and a spectrum take, and how long all runs take that are not finished. */
export async function* timeEstimate(
  plan: readonly PlannedRun[],
  { dataDirectory, signal }: { readonly dataDirectory: string; readonly signal: AbortSignal },
): AsyncGenerator<string> {
  const left: PlannedRun[] = [];
  for (const run of plan) if (!(await isFinished(run, dataDirectory))) left.push(run);
  const [first] = left;
  if (!first) return;
  const data = await loadData(first.config.data, { dataDirectory, signal });
  const engine = await createEngine({ engine: first.config.engine, precision: first.config.precision });
  try {
    yield* estimateWith(engine, data, left, signal);
  } finally {
    await engine.close();
  }
}

async function* estimateWith(
  engine: Engine,
  data: SplitDataSet,
  left: readonly PlannedRun[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  let seconds = 0;
  for (const family of new Set(left.map((run) => run.family))) {
    const runs = left.filter((run) => run.family === family);
    const options = runs.map(({ config }) => trainOptions(config, data, engine));
    // With batch norm by mini-batches where there is a choice: nets without it are somewhat faster.
    const measured = options.find(({ model, normMode }) => model.batchNorm && normMode === 'minibatch') ?? options[0];
    if (!measured) continue;
    const costs = await measureCosts(measured, signal);
    const perSpectrum = (workOf(measured).products / measured.spectrumSteps.length) * costs.product;
    yield `${family}: ${costs.update.toPrecision(2)} s a step, ${durationText(perSpectrum)} a spectrum`;
    for (const one of options) seconds += secondsOf(workOf(one), costs);
  }
  const runs = `${left.length} ${left.length === 1 ? 'run' : 'runs'}`;
  yield `About ${durationText(seconds)} for ${runs} by ${engine.name} on this machine.`;
}

async function isFinished({ config }: PlannedRun, dataDirectory: string): Promise<boolean> {
  const file = path.join(dataDirectory, 'runs', `${runIdOf(config)}.jsonl`);
  return (await readRecords(file)).some((record) => record.kind === 'finish' && record.status === 'finished');
}
