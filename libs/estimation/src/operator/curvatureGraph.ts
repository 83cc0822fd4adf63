/** Products of a curvature matrix with k vectors at once, as a graph. */
import { tangents } from '../autodiff/jvp.ts';
import { regroupFactors } from '../autodiff/regroup.ts';
import { vmap } from '../autodiff/vmap.ts';
import { cotangents, gradients } from '../autodiff/vjp.ts';
import { inputsOf } from '../engines/feeds.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { topologicalOrder, type Graph, type Node } from '../graph/Node.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { stopGradient } from '../ops/stopGradient.ts';
import { buildLoss, type LossGraph, type Problem } from '../model/buildLoss.ts';
import type { Loss } from '../model/Loss.ts';
import type { NamedShape } from '../model/Model.ts';

/**
 * `hessian`: that of the loss. `ggn`: the generalised Gauss–Newton matrix Jᵀ H_L J, with J the derivative of the outputs and H_L
 * the Hessian of the loss in the outputs (Schraudolph, Neural Computation 14, 2002); positive semidefinite for every loss here.
 * `residual`: what it leaves of the Hessian, H − G. `fisher`, `gradient-covariance`: words that no engine takes yet.
 */
export type CurvatureOperator = 'hessian' | 'ggn' | 'residual' | 'fisher' | 'gradient-covariance';

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
  readonly operator: CurvatureOperator;
  /** The parameters that vectors have entries for; the others stay fixed. */
  readonly block: readonly NamedShape[];
  readonly examples: number;
  readonly k: number;
}

export function curvatureGraph({ problem, operator, block, examples, k }: CurvatureGraphOptions): CurvatureGraph {
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
  const products = productRules[operator](built, parameters, seeds);
  const batched = vmap(graph, products, pairs(single, directions), k);
  const regrouped = regroupFactors(graph, batched, directions);
  const outputs = regrouped.map((node, position) => [`product${position}`, node] as const);
  const outputGraph = { outputs: Object.fromEntries(outputs) };
  const point = [...inputsOf(outputGraph).values()].filter(({ name }) => /^(parameter|buffer)\d+$/.test(name ?? ''));
  return { graph: outputGraph, directions, point };
}

/** Forward over reverse: the derivative of the gradient along the direction (Pearlmutter 1994). */
function hessian({ graph, loss }: LossGraph, parameters: readonly Node[], seeds: ReadonlyMap<Node, Node>): Node[] {
  return orZero(graph, tangents(graph, gradients(graph, loss, parameters), seeds), parameters);
}

function orZero(graph: GraphBuilder, along: readonly (Node | null)[], parameters: readonly Node[]): Node[] {
  return parameters.map(({ shape }, position) => along[position] ?? broadcastTo(graph, graph.constant([0]), shape));
}

/** Forward through the network, H_L in the middle, backward through the network. */
function gaussNewton(
  { graph, compared, loss }: LossGraph,
  parameters: readonly Node[],
  seeds: ReadonlyMap<Node, Node>,
): Node[] {
  requireOutputs(loss, compared);
  const [forward] = tangents(graph, [compared], seeds);
  const [curved] = forward ? tangents(graph, gradients(graph, loss, [compared]), new Map([[compared, forward]])) : [];
  return orZero(graph, curved ? cotangents(graph, compared, curved, parameters) : [], parameters);
}

function requireOutputs(loss: Node, compared: Node): void {
  if (topologicalOrder([loss]).includes(compared)) return;
  throw new EstimationError(
    'UNSUPPORTED',
    'operator: expected a loss of the outputs alone, got one that the outputs are no part of. Take the hessian.',
  );
}

/** How each operator's product with one vector is built; `seeds` maps a parameter to its direction. */
type ProductRule = (built: LossGraph, parameters: readonly Node[], seeds: ReadonlyMap<Node, Node>) => Node[];

/**
 * H − G = Σ ∂ℓ/∂z ∇²z in one product: forward over reverse as the Hessian, with the gradient in the outputs held fixed on the way
 * back, so that only the curvature of the network remains.
 */
function residual(
  { graph, compared, loss }: LossGraph,
  parameters: readonly Node[],
  seeds: ReadonlyMap<Node, Node>,
): Node[] {
  requireOutputs(loss, compared);
  const held = gradients(graph, loss, [compared]).map((node) => stopGradient(graph, node));
  const back = held.flatMap((node) => cotangents(graph, compared, node, parameters));
  return orZero(graph, tangents(graph, back, seeds), parameters);
}

function unsupported(): never {
  throw new EstimationError('UNSUPPORTED', 'operator: no engine offers it yet. Take hessian, ggn or residual.');
}

const productRules: Readonly<Record<CurvatureOperator, ProductRule>> = {
  hessian,
  ggn: gaussNewton,
  residual,
  fisher: unsupported,
  'gradient-covariance': unsupported,
};

export const curvatureOperators = Object.keys(productRules) as readonly CurvatureOperator[];

/**
 * Throws an EstimationError (BAD_OPTION) for a value that is no curvature operator, as a caller without types may give; and for the
 * Gauss–Newton matrix where it says nothing: of a loss whose Hessian in the outputs is zero, or that has no outputs apart from itself.
 */
export function checkCurvatureOperator({ loss }: Problem, operator: CurvatureOperator): void {
  if (!curvatureOperators.includes(operator)) {
    const [last, ...others] = curvatureOperators.map((name) => `"${name}"`).reverse();
    const expected = `${others.reverse().join(', ')} or ${last}`;
    throw new EstimationError('BAD_OPTION', `operator: expected ${expected}, got ${JSON.stringify(operator)}.`);
  }
  const why = needsGgn[operator] ? withoutGgn[loss.kind] : null;
  if (why !== null)
    throw new EstimationError('BAD_OPTION', `operator: ${operator} has no meaning here: ${why} Take the hessian.`);
}

const needsGgn: Readonly<Record<CurvatureOperator, boolean>> = {
  hessian: false,
  ggn: true,
  residual: true,
  fisher: false,
  'gradient-covariance': false,
};

/** Why there is no Gauss–Newton matrix of a loss. */
const withoutGgn: Readonly<Record<Loss['kind'], string | null>> = {
  softmaxCrossEntropy: null,
  negativeLogLikelihood:
    'the negative log-likelihood is linear in its log-probabilities. As a cross-entropy of the same outputs the loss has one.',
  binaryCrossEntropy: null,
  meanSquaredError: null,
  absoluteError: 'the second derivative of an absolute error in the outputs is zero, and the matrix with it.',
  huber: null,
  output: 'the model computes its loss itself, so that its outputs are not known.',
};

function pairs(keys: readonly Node[], values: readonly Node[]): Map<Node, Node> {
  return new Map(keys.map((key, position) => [key, values[position] ?? key]));
}
