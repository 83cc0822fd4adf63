/** Products of a curvature matrix with k vectors at once, as a graph. */
import { tangents } from '../autodiff/jvp.ts';
import { regroupFactors } from '../autodiff/regroup.ts';
import { stack } from '../autodiff/stack.ts';
import { cotangents, gradients } from '../autodiff/vjp.ts';
import { inputsOf } from '../engines/feeds.ts';
import type { Graph, Node } from '../graph/Node.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { buildLoss, type LossGraph, type Problem } from '../model/buildLoss.ts';
import type { NamedShape } from '../model/Model.ts';

/**
 * `hessian`: that of the loss. `ggn`: the generalised Gauss–Newton matrix Jᵀ H_L J, with J the derivative of the outputs and H_L
 * the Hessian of the loss in the outputs (Schraudolph, Neural Computation 14, 2002); positive semidefinite for every loss here.
 */
export type CurvatureMatrix = 'hessian' | 'ggn';

export interface CurvatureGraph {
  /** Feeds of `buildLoss`, and `direction0`, … [k, ...shape] for each parameter of the block; outputs `product0`, … alike. */
  readonly graph: Graph;
  /** The inputs that change with the vectors. */
  readonly directions: readonly Node[];
  /** The inputs that change with the point: parameters and buffers. */
  readonly point: readonly Node[];
}

export interface CurvatureGraphOptions {
  readonly problem: Problem;
  readonly matrix: CurvatureMatrix;
  /** The parameters that vectors have entries for; the others stay fixed. */
  readonly block: readonly NamedShape[];
  readonly examples: number;
  readonly k: number;
}

export function curvatureGraph({ problem, matrix, block, examples, k }: CurvatureGraphOptions): CurvatureGraph {
  const built = buildLoss(problem, examples);
  const { graph } = built;
  const chosen = new Set(block);
  const parameters = built.parameters.filter((_, position) => {
    const parameter = problem.model.parameters[position];
    return parameter !== undefined && chosen.has(parameter);
  });
  const single = parameters.map(({ shape }, position) => graph.input(`single${position}`, shape));
  const directions = parameters.map(({ shape }, position) => graph.input(`direction${position}`, [k, ...shape]));
  const seeds = pairs(parameters, single);
  const products = matrix === 'hessian' ? hessian(built, parameters, seeds) : gaussNewton(built, parameters, seeds);
  const stacked = stack(graph, products, pairs(single, directions), k);
  const regrouped = regroupFactors(graph, stacked, directions);
  const outputs = regrouped.map((node, position) => [`product${position}`, node] as const);
  const outputGraph = { outputs: Object.fromEntries(outputs) };
  const point = [...inputsOf(outputGraph).values()].filter(({ name }) => /^(parameter|buffer)\d+$/.test(name ?? ''));
  return { graph: outputGraph, directions, point };
}

/** Forward over reverse: the derivative of the gradient along the direction (Pearlmutter 1994). */
function hessian({ graph, loss }: LossGraph, parameters: readonly Node[], seeds: ReadonlyMap<Node, Node>): Node[] {
  const along = tangents(graph, gradients(graph, loss, parameters), seeds);
  return along.map(
    (node, position) => node ?? broadcastTo(graph, graph.constant([0]), parameters[position]?.shape ?? []),
  );
}

/** Forward through the network, H_L in the middle, backward through the network. */
function gaussNewton(
  { graph, outputs, loss }: LossGraph,
  parameters: readonly Node[],
  seeds: ReadonlyMap<Node, Node>,
): Node[] {
  const zero = (shape: readonly number[]): Node => broadcastTo(graph, graph.constant([0]), shape);
  const [forward] = tangents(graph, [outputs], seeds);
  const [curved] = forward ? tangents(graph, gradients(graph, loss, [outputs]), new Map([[outputs, forward]])) : [];
  return curved ? cotangents(graph, outputs, curved, parameters) : parameters.map(({ shape }) => zero(shape));
}

function pairs(keys: readonly Node[], values: readonly Node[]): Map<Node, Node> {
  return new Map(keys.map((key, position) => [key, values[position] ?? key]));
}
