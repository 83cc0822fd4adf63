/** Whether the outputs of a model for one example depend on the others, so that the loss is not a mean over parts of the data. */
import type { Engine } from '../engines/Engine.ts';
import { batchOutputShape } from './applyModel.ts';
import type { Problem } from './buildLoss.ts';
import { checkExamples, type Examples } from './Examples.ts';
import { evaluateBatches, type EvaluationPoint } from './evaluateOutputs.ts';

/** Examples looked at, in two halves. */
const lookedAt = 8;

/** Of the largest output: engines round batches of another size otherwise, mixing moves outputs by more. */
const tolerances = { float32: 1e-4, float64: 1e-9 } as const;

/**
 * Computes the outputs of a few examples together and in two halves, which agree where examples are independent. A mean over the
 * batch, a norm of it or attention between examples makes them differ. Examples that are all alike cannot tell.
 * Throws an EstimationError (SHAPE, …).
 */
export async function mixesExamples(engine: Engine, problem: Problem & Examples & EvaluationPoint): Promise<boolean> {
  const half = Math.floor(Math.min(lookedAt, checkExamples(problem, problem)) / 2);
  if (half === 0 || batchOutputShape(problem.model, 1).length === 0) return false;
  const [together] = await evaluateBatches(engine, problem, 2 * half, 1);
  const apart = await evaluateBatches(engine, problem, half, 2);
  const outputs = apart.flatMap(({ data }) => Array.from(data));
  const whole = Array.from(together?.data ?? []);
  const scale = whole.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const limit = tolerances[engine.precision] * scale;
  // Written so that NaN counts as no difference: the loss itself shows it.
  return whole.some((value, index) => Math.abs(value - (outputs[index] ?? 0)) > limit);
}
