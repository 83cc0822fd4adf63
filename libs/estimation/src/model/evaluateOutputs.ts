/** What a model gives for the first examples: to see what its outputs are. */
import type { Engine, TensorData } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { forwardGraph, type Problem } from './buildLoss.ts';
import { batchesOf, checkExamples, type Examples } from './Examples.ts';
import { feedsOf } from './flatVector.ts';

export interface EvaluationPoint {
  readonly parameters: ArrayLike<number>;
  /** In the order of the model's buffers; needed where batch norm does not use the statistics of the batch. */
  readonly buffers?: ArrayLike<number>;
}

/** Outputs [count, ...] of the first `count` examples, or of as many as there are. Throws an EstimationError (SHAPE, …). */
export async function evaluateOutputs(
  engine: Engine,
  problem: Problem & Examples & EvaluationPoint,
  count: number,
): Promise<TensorData> {
  const examples = checkExamples(problem, problem);
  const [outputs] = await evaluateBatches(engine, problem, Math.min(count, examples), 1);
  if (!outputs) throw new EstimationError('ENGINE_FAILED', 'The outputs of the model did not come back.');
  return outputs;
}

/** Outputs [size, ...] of the first `batches` batches of `size` examples, each computed without the others. */
export async function evaluateBatches(
  engine: Engine,
  problem: Problem & Examples & EvaluationPoint,
  size: number,
  batches: number,
): Promise<TensorData[]> {
  const { model, parameters, buffers } = problem;
  const program = await engine.compile(forwardGraph(problem, size));
  try {
    const all: TensorData[] = [];
    for (const { feeds } of batchesOf(problem, problem, size * batches, size, engine.precision)) {
      const { outputs } = await program.run({
        ...feeds,
        ...feedsOf(model.parameters, parameters, engine.precision, 'parameter'),
        ...(buffers && feedsOf(model.buffers, buffers, engine.precision, 'buffer')),
      });
      if (!outputs) throw new EstimationError('ENGINE_FAILED', 'The outputs of the model did not come back.');
      all.push(outputs);
    }
    return all;
  } finally {
    await program.release();
  }
}
