/** The loss of a model on batches of one size, compiled with its gradient: what a training loop calls. */
import type { FloatArray } from '@ritz/lanczos';
import type { Engine } from '../engines/Engine.ts';
import { batchOutputShape } from './applyModel.ts';
import { gradientGraph, type Problem } from './buildLoss.ts';
import { accumulate, feedsOf } from './flatVector.ts';
import { elementCount, parameterCount } from './Model.ts';
import { divisorOf, targetFeeds, termsOf } from './targets.ts';

export interface ObjectiveValue {
  /** Over the batch, with the reduction of the loss. */
  readonly loss: number;
  /** [n] */
  readonly gradient: Float64Array;
  /** What this batch alone would make of the buffers: mean and variance (divided by the count) of every batch norm. */
  readonly observed: Float64Array;
}

export interface ObjectivePoint {
  /** [n] */
  readonly parameters: ArrayLike<number>;
  /** In the order of the model's buffers; needed where batch norm does not use the statistics of the batch. */
  readonly buffers?: ArrayLike<number>;
}

export interface Objective {
  readonly examples: number;
  /** `inputs` [examples, ...inputShape], `targets` as `targetsFor` says; both in the engine's precision, or int32. */
  gradient(
    point: ObjectivePoint,
    inputs: FloatArray | Int32Array,
    targets: FloatArray | Int32Array,
  ): Promise<ObjectiveValue>;
  release(): Promise<void>;
}

export async function createObjective(engine: Engine, problem: Problem, examples: number): Promise<Objective> {
  const { model, loss } = problem;
  const program = await engine.compile(gradientGraph(problem, examples));
  const outputs = batchOutputShape(model, examples);
  return {
    examples,
    gradient: async ({ parameters, buffers }, inputs, targets) => {
      const result = await program.run({
        inputs: { shape: [examples, ...model.inputShape], data: inputs },
        ...targetFeeds(loss, outputs, targets, 0, engine.precision),
        ...feedsOf(model.parameters, parameters, engine.precision, 'parameter'),
        ...(buffers && feedsOf(model.buffers, buffers, engine.precision, 'buffer')),
      });
      const weight = termsOf(loss, outputs) / divisorOf(loss, outputs, targets);
      const gradient = new Float64Array(parameterCount(model));
      accumulate(model.parameters, result, 'gradient', weight, gradient);
      const observed = new Float64Array(elementCount(model.buffers));
      accumulate(model.buffers, result, 'observed', 1, observed);
      return { loss: weight * (result['loss']?.data[0] ?? Number.NaN), gradient, observed };
    },
    release: () => program.release(),
  };
}
