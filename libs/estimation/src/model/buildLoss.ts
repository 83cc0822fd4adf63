/** The graphs of a model with its loss, for batches of a fixed size. */
import { gradients } from '../autodiff/vjp.ts';
import { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Graph, Node, Shape } from '../graph/Node.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { meanLoss, targetsFor, type Loss } from './Loss.ts';
import type { Model } from './Model.ts';
import { stateNodes, type BatchNormMode, type Observation } from './ModelState.ts';

/** What is minimised, and whose curvature is measured. */
export interface Problem {
  readonly model: Model;
  readonly loss: Loss;
  /** Default `batch`. Of no effect on a model without batch norm. */
  readonly batchNorm?: BatchNormMode;
}

export interface LossGraph {
  readonly graph: GraphBuilder;
  /** In the order of the model's parameters. */
  readonly parameters: readonly Node[];
  /** [N, ...] */
  readonly outputs: Node;
  /** Scalar mean over the batch. */
  readonly loss: Node;
  /** The batch norms' statistics of this batch, in the order of the layers. */
  readonly observations: readonly Observation[];
}

/** Inputs of the graph: `inputs`, `targets`, and those of `stateNodes`. */
export function buildLoss({ model, loss, batchNorm = 'batch' }: Problem, examples: number): LossGraph {
  const graph = new GraphBuilder();
  const inputs = graph.input('inputs', [examples, ...model.inputShape], model.inputType);
  const { state, parameters, observations } = stateNodes(graph, model, batchNorm);
  const outputs = model.forward(graph, inputs, state);
  const { shape, type } = targetsFor(loss, outputs.shape);
  const targets = graph.input('targets', shape, type);
  return { graph, parameters, outputs, loss: meanLoss(graph, loss, outputs, targets), observations };
}

/** Shape of the outputs of one example. */
export function outputShape(model: Model): Shape {
  const graph = new GraphBuilder();
  const inputs = graph.input('inputs', [1, ...model.inputShape], model.inputType);
  return model.forward(graph, inputs, stateNodes(graph, model, 'running').state).shape.slice(1);
}

/**
 * Feeds `inputs` [examples, ...inputShape], `targets` (see `targetsFor`), `parameter0`, `parameter1`, … in the order of
 * `model.parameters`, and `buffer0`, … where batch norm needs them; outputs `loss` [] (the mean over the batch) and
 * `outputs` [examples, ...].
 */
export function forwardGraph(problem: Problem, examples: number): Graph {
  const { loss, outputs } = buildLoss(problem, examples);
  return { outputs: { loss, outputs } };
}

/**
 * The same feeds; outputs `loss`, `gradient0`, `gradient1`, … (∂loss/∂parameter, each in its parameter's shape), and
 * `observed0`, …: what this batch alone would make of each buffer (zeros for one that no batch norm uses).
 */
export function gradientGraph(problem: Problem, examples: number): Graph {
  const { graph, loss, parameters, observations } = buildLoss(problem, examples);
  const gradient = gradients(graph, loss, parameters).map((node, position) => [`gradient${position}`, node] as const);
  const observed = new Map(
    observations.flatMap(({ buffers, values }) => [
      [buffers.mean, values.mean],
      [buffers.variance, values.variance],
    ]),
  );
  const buffers = problem.model.buffers.map(({ name, shape }, position) => {
    const value = observed.get(name) ?? broadcastTo(graph, graph.constant([0]), shape);
    return [`observed${position}`, value] as const;
  });
  return { outputs: { loss, ...Object.fromEntries([...gradient, ...buffers]) } };
}
