/** The loss of a model on a batch as a graph, with its gradient. */
import { gradients } from '../autodiff/vjp.ts';
import { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import type { Model } from './Model.ts';

export interface LossGraph {
  readonly graph: GraphBuilder;
  readonly parameters: readonly Node[];
  readonly loss: Node;
  readonly logits: Node;
  /** ∂loss/∂parameter, in the order of the model's parameters. */
  readonly gradient: readonly Node[];
}

/** Inputs of the graph: `inputs`, `labels`, and `parameter0`, `parameter1`, … */
export function buildLoss(model: Model, examples: number): LossGraph {
  const graph = new GraphBuilder();
  const inputs = graph.input('inputs', [examples, ...model.inputShape]);
  const labels = graph.input('labels', [examples], 'int');
  const parameters = model.parameters.map(({ shape }, position) => graph.input(`parameter${position}`, shape));
  const { loss, logits } = model.build(graph, { inputs, labels }, parameters);
  return { graph, parameters, loss, logits, gradient: gradients(graph, loss, parameters) };
}
