/** The graphs of a model with its loss, for batches of a fixed size. */
import { gradients } from '../autodiff/vjp.ts';
import { createGraph } from '../graph/createGraph.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Graph, Node } from '../graph/Node.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { applyModel, type AppliedModel } from './applyModel.ts';
import type { Loss } from './Loss.ts';
import { meanLoss } from './meanLoss.ts';
import type { Model } from './Model.ts';
import type { BatchNormMode } from './ModelState.ts';

/** What is minimised, and whose curvature is measured. */
export interface Problem {
  readonly model: Model;
  readonly loss: Loss;
  /** Default `batch`. Of no effect on a model without batch norm. */
  readonly batchNorm?: BatchNormMode;
}

export interface LossGraph extends AppliedModel {
  readonly graph: GraphBuilder;
  /** The outputs as the loss takes them. */
  readonly compared: Node;
  /** Scalar: the sum over the batch, divided by `termsOf`. */
  readonly loss: Node;
}

/** Inputs of the graph: those of `applyModel` and of `meanLoss`. */
export function buildLoss({ model, loss, batchNorm = 'minibatch' }: Problem, examples: number): LossGraph {
  const graph = createGraph();
  const applied = applyModel(graph, model, examples, batchNorm);
  return { graph, ...applied, ...meanLoss(graph, loss, applied.outputs) };
}

/**
 * Feeds `inputs` [examples, ...inputShape], `other0`, …, those of `targetFeeds`, `parameter0`, `parameter1`, … in the order of
 * `model.parameters`, and `buffer0`, … where batch norm needs them; outputs `loss` [] (see `LossGraph`) and
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
