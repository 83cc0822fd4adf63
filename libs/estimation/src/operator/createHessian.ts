/**
 * The Hessian of a model's mean loss over a fixed set of examples, as a linear operator: exact Hessian-vector products by
 * forward-over-reverse (Pearlmutter 1994), summed over micro-batches in float64, each weighted by its share of the examples.
 */
import { tangents } from '../autodiff/jvp.ts';
import { splitGraph } from '../autodiff/split.ts';
import { stack } from '../autodiff/stack.ts';
import { floatArray, type Engine, type FloatArray, type Program, type Tensors } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, type Graph, type Node } from '../graph/Node.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { buildLoss } from '../model/buildLoss.ts';
import { createObjective, type Objective } from '../model/createObjective.ts';
import { parameterCount, type Model } from '../model/Model.ts';
import { accumulate, parameterFeeds, tangentFeeds } from '../model/parameterVector.ts';
import type { LinearOperator } from './LinearOperator.ts';

export interface HessianOptions {
  readonly engine: Engine;
  readonly model: Model;
  /** The point at which the Hessian is taken, [n]. */
  readonly parameters: ArrayLike<number>;
  /** [examples, ...inputShape], row-major. */
  readonly inputs: ArrayLike<number>;
  /** Class indices [examples]. */
  readonly labels: Int32Array;
  /** How many examples there are; when given, `labels` must have as many. */
  readonly examples?: number;
  /** Examples per run of the engine; the last micro-batch may be smaller. Default: all of them. */
  readonly microBatch?: number;
  /** Vectors per run of the engine. Default 16. */
  readonly vectorsPerPass?: number;
}

export interface Hessian extends LinearOperator {
  /** Moves to another point; what was kept for the old one is computed anew. */
  setParameters(parameters: ArrayLike<number>): Promise<void>;
  /** Mean loss over all examples. */
  loss(): Promise<number>;
  /** Gradient of that mean, [n]. */
  gradient(): Promise<Float64Array>;
  release(): Promise<void>;
}

/** One micro-batch: its data, its share of the examples, and its programs by number of vectors. */
interface MicroBatch {
  readonly data: Tensors;
  readonly inputs: FloatArray;
  readonly labels: Int32Array;
  readonly weight: number;
  readonly programs: Map<number, { readonly primal: Program; readonly tangent: Program; prepared: boolean }>;
}

function hvpGraph(model: Model, examples: number, k: number): { graph: Graph; directions: Node[] } {
  const { graph, parameters, gradient } = buildLoss(model, examples);
  const single = parameters.map(({ shape }, position) => graph.input(`direction${position}`, shape));
  const directions = parameters.map(({ shape }, position) => graph.input(`tangent${position}`, [k, ...shape]));
  const along = tangents(graph, gradient, new Map(zip(parameters, single)));
  const zero = graph.constant([0]);
  const products = along.map((node, position) => node ?? broadcastTo(graph, zero, parameters[position]?.shape ?? []));
  const stacked = stack(graph, products, new Map(zip(single, directions)), k);
  const outputs = stacked.map((node, position) => [`product${position}`, node] as const);
  return { graph: { outputs: Object.fromEntries(outputs) }, directions };
}

function zip(keys: readonly Node[], values: readonly Node[]): [Node, Node][] {
  return keys.map((key, position) => [key, values[position] ?? key]);
}

function checkOptions(options: HessianOptions): void {
  const { model, inputs, labels, microBatch, vectorsPerPass } = options;
  const examples = labels.length;
  const perExample = sizeOf(model.inputShape);
  if (options.examples !== undefined && options.examples !== examples) {
    throw new EstimationError('SHAPE', `labels: expected ${options.examples} (examples), got ${examples}.`);
  }
  if (examples < 1) throw new EstimationError('BAD_OPTION', 'A Hessian needs at least one example.');
  if (inputs.length !== examples * perExample) {
    const expected = `${examples} labels × ${perExample} = ${examples * perExample} numbers`;
    throw new EstimationError('SHAPE', `inputs: expected ${expected}, got ${inputs.length}.`);
  }
  const bad = labels.findIndex((label) => label < 0 || label >= model.classes);
  if (bad >= 0) {
    throw new EstimationError('BAD_OPTION', `labels[${bad}] is ${labels[bad]}; expected 0…${model.classes - 1}.`);
  }
  for (const [name, value] of Object.entries({ microBatch, vectorsPerPass })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new EstimationError('BAD_OPTION', `${name}: expected a whole number of at least 1, got ${value}.`);
    }
  }
}

/** Nothing is compiled before it is first needed. Throws an EstimationError (SHAPE, BAD_OPTION) for data that does not fit. */
export async function createHessian(options: HessianOptions): Promise<Hessian> {
  checkOptions(options);
  const { engine, model, labels } = options;
  const { precision } = engine;
  const examples = labels.length;
  const perExample = sizeOf(model.inputShape);
  const size = Math.min(options.microBatch ?? examples, examples);
  const vectorsPerPass = options.vectorsPerPass ?? 16;
  const n = parameterCount(model);
  const allInputs = floatArray(precision, options.inputs);

  const batches: MicroBatch[] = [];
  for (let start = 0; start < examples; start += size) {
    const end = Math.min(start + size, examples);
    const inputs = allInputs.slice(start * perExample, end * perExample);
    const batchLabels = labels.slice(start, end);
    const data = {
      inputs: { shape: [end - start, ...model.inputShape], data: inputs },
      labels: { shape: [end - start], data: batchLabels },
    };
    batches.push({ data, inputs, labels: batchLabels, weight: (end - start) / examples, programs: new Map() });
  }

  let parameters = floatArray(precision, options.parameters);
  let feeds: Tensors = parameterFeeds(model, parameters, precision);
  const objectives = new Map<number, Objective>();

  const prepared = async (batch: MicroBatch, k: number): Promise<Program> => {
    let pair = batch.programs.get(k);
    if (!pair) {
      const { graph, directions } = hvpGraph(model, batch.labels.length, k);
      const { primal, varying } = splitGraph(graph, directions);
      pair = { primal: await engine.compile(primal), tangent: await engine.compile(varying), prepared: false };
      await pair.primal.keep(batch.data);
      await pair.tangent.keep(batch.data);
      batch.programs.set(k, pair);
    }
    if (!pair.prepared) {
      await pair.tangent.keep(feeds);
      await pair.primal.runInto(pair.tangent, feeds);
      pair.prepared = true;
    }
    return pair.tangent;
  };

  const objectiveOf = async ({ labels: { length } }: MicroBatch): Promise<Objective> => {
    const objective = objectives.get(length) ?? (await createObjective(engine, model, length));
    objectives.set(length, objective);
    return objective;
  };

  const applyPass = async (vectors: FloatArray, k: number): Promise<Float64Array> => {
    const sum = new Float64Array(k * n);
    const direction = tangentFeeds(model, vectors, k, precision);
    for (const batch of batches) {
      const tangent = await prepared(batch, k);
      accumulate(model, await tangent.run(direction), 'product', batch.weight, sum);
    }
    return sum;
  };

  return {
    dimension: n,
    apply: async (vectors, k) => {
      if (vectors.length !== k * n) {
        throw new EstimationError('SHAPE', `apply: expected ${k} × ${n} numbers, got ${vectors.length}.`);
      }
      const products = floatArray(precision, k * n);
      for (let row = 0; row < k; row += vectorsPerPass) {
        const rows = Math.min(vectorsPerPass, k - row);
        products.set(await applyPass(vectors.subarray(row * n, (row + rows) * n), rows), row * n);
      }
      return products;
    },
    setParameters: (next) => {
      parameters = floatArray(precision, next);
      feeds = parameterFeeds(model, parameters, precision);
      for (const { programs } of batches) for (const pair of programs.values()) pair.prepared = false;
      return Promise.resolve();
    },
    loss: async () => {
      let loss = 0;
      for (const batch of batches) {
        const objective = await objectiveOf(batch);
        loss += batch.weight * (await objective.evaluate(parameters, batch.inputs, batch.labels)).loss;
      }
      return loss;
    },
    gradient: async () => {
      const sum = new Float64Array(n);
      for (const batch of batches) {
        const objective = await objectiveOf(batch);
        const { gradient } = await objective.gradient(parameters, batch.inputs, batch.labels);
        for (let i = 0; i < n; i++) sum[i] = (sum[i] ?? 0) + batch.weight * (gradient[i] ?? 0);
      }
      return sum;
    },
    release: async () => {
      for (const { programs } of batches) {
        for (const { primal, tangent } of programs.values()) {
          await primal.release();
          await tangent.release();
        }
        programs.clear();
      }
      for (const objective of objectives.values()) await objective.release();
      objectives.clear();
    },
  };
}
