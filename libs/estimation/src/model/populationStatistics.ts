/**
 * Statistics of batch norm over all examples of a data set, at given parameters: what a mini-batch's statistics estimate, and what
 * running averages lag behind (Ghorbani, Krishnan and Xiao, ICML 2019, section 4.2).
 */
import type { Engine, Program, Tensors } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { buildLoss, type Problem } from './buildLoss.ts';
import type { Batch } from './Examples.ts';
import { feedsOf } from './flatVector.ts';
import { elementCount, type NamedShape } from './Model.ts';
import type { Statistics } from './ModelState.ts';

export interface PopulationStatistics {
  /** The vector of buffers at these parameters. */
  at(parameters: ArrayLike<number>): Promise<Float64Array>;
  release(): Promise<void>;
}

interface Layer {
  readonly buffers: Statistics<string>;
  /** By number of examples. */
  readonly programs: ReadonlyMap<number, Program>;
}

/**
 * Compiles one program per batch norm. The statistics of a layer are those of its input when all layers before it normalise by
 * *their* population statistics: one pass over the data per layer, in their order. Means and variances of the batches are put
 * together exactly (Chan, Golub and LeVeque 1979), weighted by their shares of the examples. When all examples are one batch, its own statistics
 * are the population's, and a single pass gives those of all layers.
 */
export async function createPopulationStatistics(
  engine: Engine,
  problem: Problem,
  batches: readonly Batch[],
): Promise<PopulationStatistics> {
  const { model } = problem;
  const [batch] = batches;
  if (batch && batches.length === 1) return statisticsOfBatch(engine, problem, batch);
  const layers = await compileLayers(engine, problem, batches);
  return {
    at: async (parameters) => {
      const weights = feedsOf(model.parameters, parameters, engine.precision, 'parameter');
      const vector = new Float64Array(elementCount(model.buffers));
      for (const { buffers, programs } of layers) {
        const feeds = { ...weights, ...feedsOf(model.buffers, vector, engine.precision, 'buffer') };
        const { mean, variance } = await passOver(batches, programs, feeds);
        vector.set(mean, offsetOf(model.buffers, buffers.mean));
        vector.set(variance, offsetOf(model.buffers, buffers.variance));
      }
      return vector;
    },
    release: async () => {
      for (const { programs } of layers) for (const program of programs.values()) await program.release();
    },
  };
}

async function statisticsOfBatch(engine: Engine, problem: Problem, batch: Batch): Promise<PopulationStatistics> {
  const { model } = problem;
  const { observations } = buildLoss({ ...problem, batchNorm: 'minibatch' }, batch.examples);
  const named = observations.flatMap(({ buffers, values }) => [
    [buffers.mean, values.mean] as const,
    [buffers.variance, values.variance] as const,
  ]);
  const program = await engine.compile({ outputs: Object.fromEntries(named) });
  await program.bind(batch.feeds);
  return {
    at: async (parameters) => {
      const result = await program.run(feedsOf(model.parameters, parameters, engine.precision, 'parameter'));
      const vector = new Float64Array(elementCount(model.buffers));
      for (const [name] of named) vector.set(result[name]?.data ?? [], offsetOf(model.buffers, name));
      return vector;
    },
    release: () => program.release(),
  };
}

async function compileLayers(engine: Engine, problem: Problem, batches: readonly Batch[]): Promise<Layer[]> {
  const sizes = [...new Set(batches.map(({ examples }) => examples))];
  const graphs = sizes.map((size) => buildLoss({ ...problem, batchNorm: 'population' }, size).observations);
  const layers: Layer[] = [];
  for (const [index, { buffers }] of (graphs[0] ?? []).entries()) {
    const programs = new Map<number, Program>();
    for (const [position, size] of sizes.entries()) {
      const values = graphs[position]?.[index]?.values;
      if (values) programs.set(size, await engine.compile({ outputs: { ...values } }));
    }
    layers.push({ buffers, programs });
  }
  return layers;
}

async function passOver(
  batches: readonly Batch[],
  programs: ReadonlyMap<number, Program>,
  feeds: Tensors,
): Promise<Statistics<Float64Array>> {
  const parts: { share: number; mean: ArrayLike<number>; variance: ArrayLike<number> }[] = [];
  for (const batch of batches) {
    const { mean, variance } = (await programs.get(batch.examples)?.run({ ...feeds, ...batch.feeds })) ?? {};
    if (!mean || !variance)
      throw new EstimationError('ENGINE_FAILED', 'The statistics of a batch norm did not come back.');
    parts.push({ share: batch.share, mean: mean.data, variance: variance.data });
  }
  const channels = parts[0]?.mean.length ?? 0;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    for (const part of parts) mean[c] = (mean[c] ?? 0) + part.share * (part.mean[c] ?? 0);
    for (const part of parts) {
      const within = (part.variance[c] ?? 0) + ((part.mean[c] ?? 0) - (mean[c] ?? 0)) ** 2;
      variance[c] = (variance[c] ?? 0) + part.share * within;
    }
  }
  return { mean, variance };
}

function offsetOf(buffers: readonly NamedShape[], name: string): number {
  const position = buffers.findIndex((buffer) => buffer.name === name);
  return elementCount(buffers.slice(0, position));
}
