/** The graphs a model is used by: forward for evaluation, gradient for training; both for batches of a fixed size. */
import type { Graph } from '../graph/Node.ts';
import { buildLoss } from './buildLoss.ts';
import type { Model } from './Model.ts';

/**
 * Feeds `inputs` [examples, ...inputShape], `labels` int32 [examples] and `parameter0`, `parameter1`, … in the order of
 * `model.parameters`; outputs `loss` [] (the mean over the batch) and `logits` [examples, classes].
 */
export function forwardGraph(model: Model, examples: number): Graph {
  const { loss, logits } = buildLoss(model, examples);
  return { outputs: { loss, logits } };
}

/** `forwardGraph` with the further outputs `gradient0`, `gradient1`, …: ∂loss/∂parameter, each in its parameter's shape. */
export function gradientGraph(model: Model, examples: number): Graph {
  const { loss, logits, gradient } = buildLoss(model, examples);
  const outputs = gradient.map((node, position) => [`gradient${position}`, node] as const);
  return { outputs: { loss, logits, ...Object.fromEntries(outputs) } };
}
