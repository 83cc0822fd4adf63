/** How the product of each curvature operator with one vector is built of forward and reverse passes. */
import { tangents } from '../autodiff/jvp.ts';
import { cotangents, gradients } from '../autodiff/vjp.ts';
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { topologicalOrder, type Node } from '../graph/Node.ts';
import type { LossGraph } from '../model/buildLoss.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { multiply } from '../ops/multiply.ts';
import { stopGradient } from '../ops/stopGradient.ts';
import { sum, total } from '../ops/sum.ts';
import type { CurvatureOperator } from './curvatureOperator.ts';

/** `seeds` maps a parameter to its direction; the result has a product for each parameter. */
type ProductRule = (built: LossGraph, parameters: readonly Node[], seeds: ReadonlyMap<Node, Node>) => Node[];

/** Forward over reverse: the derivative of the gradient along the direction (Pearlmutter 1994). */
const hessian: ProductRule = ({ graph, loss }, parameters, seeds) =>
  orZero(graph, tangents(graph, gradients(graph, loss, parameters), seeds), parameters);

/** Forward through the network, H_L in the middle, backward through the network. */
const gaussNewton: ProductRule = ({ graph, compared, loss }, parameters, seeds) => {
  requireOutputs(loss, compared);
  const [forward] = tangents(graph, [compared], seeds);
  const [curved] = forward ? tangents(graph, gradients(graph, loss, [compared]), new Map([[compared, forward]])) : [];
  return orZero(graph, curved ? cotangents(graph, compared, curved, parameters) : [], parameters);
};

/**
 * H − G in one product: forward over reverse as the Hessian, with the gradient in the outputs held fixed on the way back, so that
 * only the curvature of the network remains.
 */
const residual: ProductRule = ({ graph, compared, loss }, parameters, seeds) => {
  requireOutputs(loss, compared);
  const held = gradients(graph, loss, [compared]).map((node) => stopGradient(graph, node));
  const back = held.flatMap((node) => cotangents(graph, compared, node, parameters));
  return orZero(graph, tangents(graph, back, seeds), parameters);
};

/**
 * Σ g_i (g_i · v) without any g_i: g_i · v is the gradient in the outputs of example i times their tangent, and the gradients in the
 * outputs, each times its g_i · v, are pulled back together.
 */
const fisher: ProductRule = ({ graph, outputs, loss }, parameters, seeds) => {
  const [forward] = tangents(graph, [outputs], seeds);
  const [slope] = gradients(graph, loss, [outputs]);
  if (!forward || !slope) return orZero(graph, [], parameters);
  const perExample = sum(
    graph,
    multiply(graph, slope, forward),
    outputs.shape.slice(1).map((_, axis) => -axis - 1),
  );
  return cotangents(graph, outputs, multiply(graph, slope, perExample), parameters);
};

/** g_b (g_b · v) of the mini-batch, whose gradient depends on no vector and is computed once. */
const secondMoment: ProductRule = ({ graph, loss }, parameters, seeds) => {
  const gradient = gradients(graph, loss, parameters);
  const terms = gradient.map((slope, position) => {
    const parameter = parameters[position];
    const direction = parameter && seeds.get(parameter);
    return direction ? total(graph, multiply(graph, slope, direction)) : graph.constant([0]);
  });
  const along = terms.reduce((first, second) => add(graph, first, second));
  return gradient.map((slope) => multiply(graph, slope, broadcastTo(graph, along, slope.shape)));
};

export const productRules: Readonly<Record<CurvatureOperator, ProductRule>> = {
  hessian,
  ggn: gaussNewton,
  residual,
  fisher,
  'gradient-covariance': secondMoment,
};

function orZero(graph: GraphBuilder, along: readonly (Node | null)[], parameters: readonly Node[]): Node[] {
  return parameters.map(({ shape }, position) => along[position] ?? broadcastTo(graph, graph.constant([0]), shape));
}

function requireOutputs(loss: Node, compared: Node): void {
  if (topologicalOrder([loss]).includes(compared)) return;
  throw new EstimationError(
    'UNSUPPORTED',
    'operator: expected a loss of the outputs alone, got one that the outputs are no part of. Take the hessian.',
  );
}
