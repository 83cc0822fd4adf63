/**
 * A curvature matrix of a model's loss over a fixed set of examples, as a linear operator: exact products, summed over micro-batches
 * in float64, each with its weight in the loss.
 */
import { bytesPerNumber, floatArray, isShared, passesOf, type FloatArray, type LinearOperator } from '@ritz/lanczos';
import { type Engine, type Program, type Tensors } from '../engines/Engine.ts';
import { abandon } from '../engines/flatRun.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { gradientGraph, type Problem } from '../model/buildLoss.ts';
import { batchesOf, checkExamples, type Examples } from '../model/Examples.ts';
import { accumulate, feedsOf } from '../model/flatVector.ts';
import { elementCount, parameterCount } from '../model/Model.ts';
import { selectEntries, selectParameters, type ParameterSelection } from '../model/parameterSelection.ts';
import { createPopulationStatistics } from '../model/populationStatistics.ts';
import { decayOf, type WeightDecay } from '../model/WeightDecay.ts';
import { checkCurvatureOperator, curvatureOperators, type CurvatureOperator } from './curvatureOperators.ts';
import { createCurvaturePrograms, curvatureParts } from './curvaturePrograms.ts';
import { footprintOf, parameterBytes } from './footprint.ts';
import { FlatProducts } from './FlatProducts.ts';
import { inLanes, laneOf } from './inLanes.ts';
import { defaultMemory, planMemory, type MemoryPlan } from './memoryPlan.ts';
import { choosePassSize, type PassSize } from './passSize.ts';

export interface CurvatureOptions extends Problem, Examples {
  readonly engine: Engine;
  /** Default `hessian`. */
  readonly operator?: CurvatureOperator;
  /** The point at which the curvature is taken, [n]. */
  readonly parameters: ArrayLike<number>;
  /** Values of the model's buffers, one after the other; needed with batch norm in mode `running`. */
  readonly buffers?: ArrayLike<number>;
  /** Only these parameters' rows and columns: vectors have their entries and no others. Default: all. */
  readonly block?: ParameterSelection;
  /** Added to the loss, its gradient and its curvature. Left out, these are of the loss alone. */
  readonly weightDecay?: WeightDecay;
  /**
   * Examples per run of the engine; the last micro-batch may be smaller. Default: by the size of the activations, or all of them
   * with batch norm in mode `minibatch`: a micro-batch then has statistics of its own, and the loss is the mean over these mini-batches.
   * The mini-batches of the gradient covariance, which has no default.
   */
  readonly microBatch?: number;
  /** Vectors per run of the engine, at most. Default: by the size of the activations. */
  readonly vectorsPerPass?: number;
  /** How many vectors are multiplied in a row, such as the probes of a spectrum: no pass is made for more. Default: not known. */
  readonly vectors?: number;
  /** Bytes that may be used. Default: half of what is free. */
  readonly memory?: number;
}

/** How a vector changes with the coordinates: as gradients do, or as differences of parameters do. */
export type VectorKind = 'gradient' | 'displacement';

export interface Curvature extends LinearOperator {
  /** What goes through the engine at once. Given again as options, sums are taken in the same order: the same bits. */
  readonly passSize: PassSize;
  /** Estimated before anything runs. */
  readonly memory: MemoryPlan;
  /** Moves to another point; what was kept for the old one is computed anew. Buffers stay where none are given. */
  setParameters(parameters: ArrayLike<number>, buffers?: ArrayLike<number>): Promise<void>;
  /** The loss over all examples. */
  loss(): Promise<number>;
  /** Gradient of that loss in the entries of the block, [dimension]. */
  gradient(): Promise<Float64Array>;
  /** A gradient, or a displacement, of all parameters of the model [n] in the coordinates of the operator, [dimension]. */
  coordinatesOf(vector: ArrayLike<number>, kind: VectorKind): Float64Array;
  release(): Promise<void>;
}

interface Evaluated {
  readonly loss: number;
  /** In the entries of the block, weight decay included. */
  readonly gradient: Float64Array;
  /** Without it: the mean of the gradients of the mini-batches. */
  readonly mean: Float64Array;
}

/** Nothing is compiled before it is first needed. Throws an EstimationError (SHAPE, BAD_OPTION) for data that does not fit. */
export async function createCurvature(options: CurvatureOptions): Promise<Curvature> {
  const examples = checkExamples(options, options);
  const { engine, model, operator = 'hessian', batchNorm = 'minibatch' } = options;
  checkCurvatureOperator(options, operator, { examples, microBatch: options.microBatch });
  const { addsWeightDecay, batchFactor, isCentred } = curvatureOperators[operator];
  const { precision } = engine;
  if (batchNorm === 'running' && model.buffers.length > 0 && !options.buffers) {
    const needed = `${model.name} has ${model.buffers.length} of them (${elementCount(model.buffers)} numbers)`;
    throw new EstimationError('BAD_OPTION', `buffers: ${needed}, which batchNorm: "running" reads; give their values.`);
  }
  const block = selectParameters(model, options.block, 'block');
  const n = elementCount(block);
  const passSize = choosePassSize(options, examples, { ...options, entries: n });
  const decay = options.weightDecay && decayOf(model, options.weightDecay);
  const blockDecay = decay && addsWeightDecay ? selectEntries(model, block, decay) : undefined;
  const batches = batchesOf(options, options, examples, passSize.microBatch, precision);
  const shared = { problem: options, operator, block };
  const [size, k] = [passSize.microBatch, passSize.vectorsPerPass];
  const footprint = footprintOf(curvatureParts({ ...shared, examples: size, k }), precision);
  const ofParameters = parameterBytes(parameterCount(model), precision);
  const memory = planMemory({
    // A lane has the vectors of a pass once more; its outputs are part of the footprint.
    footprint: {
      ...footprint,
      workspace: footprint.workspace + ofParameters.inLane + bytesPerNumber[precision] * n * k,
    },
    passSize,
    microBatches: batches.length,
    lanes: engine.lanes,
    // Of a pass, twice: in the precision of the engine and in float64; and those of the point.
    vectors: 16 * n * k + ofParameters.once,
    memory: options.memory ?? defaultMemory(),
  });
  const usesPopulation = batchNorm === 'population' && model.buffers.length > 0;
  const population = usesPopulation ? await createPopulationStatistics(engine, options, batches) : undefined;
  const lanes = engine.split(memory.lanes).map((lane, index, { length }) =>
    createCurvaturePrograms({
      ...shared,
      engine: lane,
      batches: batches.filter((_, item) => laneOf(item, length) === index),
      keepAll: memory.keepAll,
    }),
  );
  const gradientPrograms = new Map<number, Program>();
  let parameters = floatArray('float64', options.parameters);
  let buffers = options.buffers && floatArray('float64', options.buffers);
  let feeds: Tensors | undefined;
  let current: Evaluated | undefined;

  const point = async (): Promise<Tensors> => {
    if (feeds) return feeds;
    const fed = feedsOf(model.parameters, parameters, precision, 'parameter');
    const state = population ? await population.at(parameters) : buffers;
    return (feeds = { ...fed, ...(state && feedsOf(model.buffers, state, precision, 'buffer')) });
  };

  const flat = new FlatProducts({
    shapes: block.map(({ shape }) => shape),
    runs: batches.length,
    precision,
    decay: blockDecay,
  });
  const applyPass = async (vectors: FloatArray, k: number, result: FloatArray): Promise<void> => {
    await flat.compute(vectors, k, result, async (pass) => {
      const at = await point();
      await inLanes(batches, lanes, async (batch, programs, position) => {
        try {
          const program = await programs.ready(batch, k, at);
          await program.runFlat({ pass, position, weight: batchFactor(options.loss, batch) });
        } catch (error) {
          abandon(pass);
          throw error;
        }
      });
    });
    if (isCentred) subtractOuter(result, (await evaluate()).mean, vectors);
  };

  const evaluate = async (): Promise<Evaluated> => {
    if (current) return current;
    const gradient = new Float64Array(parameterCount(model));
    let loss = 0;
    for (const batch of batches) {
      const { examples: size } = batch;
      const program = gradientPrograms.get(size) ?? (await engine.compile(gradientGraph(options, size)));
      gradientPrograms.set(size, program);
      const result = await program.run({ ...(await point()), ...batch.feeds });
      loss += batch.weight * (result['loss']?.data[0] ?? Number.NaN);
      accumulate(model.parameters, result, 'gradient', batch.weight, gradient);
    }
    const mean = selectEntries(model, block, gradient);
    decay?.forEach((lambda, i) => {
      const w = parameters[i] ?? 0;
      loss += (lambda * w * w) / 2;
      gradient[i] = (gradient[i] ?? 0) + lambda * w;
    });
    return (current = { loss, gradient: selectEntries(model, block, gradient), mean });
  };

  return {
    dimension: n,
    passSize,
    memory,
    apply: async (vectors, k, into) => {
      if (vectors.length !== k * n) {
        throw new EstimationError('SHAPE', `apply: expected ${k} × ${n} numbers, got ${vectors.length}.`);
      }
      const fits = into?.length === k * n && isShared(into, precision);
      const products = fits ? into : floatArray(precision, k * n);
      let row = 0;
      for (const rows of passesOf(k, passSize.vectorsPerPass)) {
        const range = [row * n, (row + rows) * n] as const;
        await applyPass(vectors.subarray(...range), rows, products.subarray(...range));
        row += rows;
      }
      return products;
    },
    setParameters: async (next, nextBuffers) => {
      parameters = floatArray('float64', next);
      if (nextBuffers) buffers = floatArray('float64', nextBuffers);
      feeds = undefined;
      current = undefined;
      for (const programs of lanes) await programs.move();
    },
    loss: async () => (await evaluate()).loss,
    gradient: async () => (await evaluate()).gradient.slice(),
    coordinatesOf: (vector) => selectEntries(model, block, vector),
    release: async () => {
      for (const programs of lanes) await programs.release();
      for (const program of gradientPrograms.values()) await program.release();
      gradientPrograms.clear();
      flat.release();
      await population?.release();
    },
  };
}

/** sum − g (g · v), for every row v of `vectors`. */
function subtractOuter(sum: FloatArray, g: Float64Array, vectors: FloatArray): void {
  const n = g.length;
  for (let row = 0; row < sum.length; row += n) {
    let along = 0;
    for (let i = 0; i < n; i++) along += (g[i] ?? 0) * (vectors[row + i] ?? 0);
    for (let i = 0; i < n; i++) sum[row + i] = (sum[row + i] ?? 0) - along * (g[i] ?? 0);
  }
}
