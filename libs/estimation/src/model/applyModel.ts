/** A model on fresh inputs of a graph. */
import { createGraph } from '../graph/createGraph.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import type { Model } from './Model.ts';
import { type BatchNormMode } from './ModelState.ts';
import { stateNodes, type Observation } from './stateNodes.ts';

export interface AppliedModel {
  /** [N, ...], or [] of a model that computes one number for all examples. */
  readonly outputs: Node;
  /** In the order of the model's parameters. */
  readonly parameters: readonly Node[];
  /** The batch norms' statistics of this batch, in the order of the layers. */
  readonly observations: readonly Observation[];
}

/** Inputs of the graph: `inputs`, `other0`, `other1`, … in the order of the model's other inputs, and those of `stateNodes`. */
export function applyModel(
  graph: GraphBuilder,
  model: Model,
  examples: number,
  batchNorm: BatchNormMode,
): AppliedModel {
  const inputs = graph.input('inputs', [examples, ...model.inputShape], model.inputType);
  const others = new Map(
    (model.otherInputs ?? []).map(({ name, shape, type }, position) => [
      name,
      graph.input(otherInputName(position), [examples, ...shape], type),
    ]),
  );
  const { state, parameters, observations } = stateNodes(graph, model, batchNorm, others);
  return { outputs: model.forward(graph, inputs, state), parameters, observations };
}

/** What the graph calls an input of `model.otherInputs`. */
export function otherInputName(position: number): string {
  return `other${position}`;
}

/** Shape of the outputs of a batch: [examples, ...], or [] of a model that computes one number for all of them. */
export function batchOutputShape(model: Model, examples: number): Shape {
  return applyModel(createGraph(), model, examples, 'running').outputs.shape;
}

/** Shape of the outputs of one example. */
export function outputShape(model: Model): Shape {
  return batchOutputShape(model, 1).slice(1);
}
