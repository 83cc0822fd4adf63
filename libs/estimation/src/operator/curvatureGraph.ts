/** Products of a curvature matrix with k vectors at once, as a graph. */
import { regroupFactors } from '../autodiff/regroup.ts';
import { vmap } from '../autodiff/vmap.ts';
import { inputsOf } from '../engines/feeds.ts';
import type { Graph, Node } from '../graph/Node.ts';
import { buildLoss, type Problem } from '../model/buildLoss.ts';
import type { NamedShape } from '../model/Model.ts';
import { curvatureOperators, type CurvatureOperator } from './curvatureOperators.ts';

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
  const products = curvatureOperators[operator].product(built, parameters, seeds);
  const batched = vmap(graph, products, pairs(single, directions), k);
  const regrouped = regroupFactors(graph, batched, directions);
  const outputs = regrouped.map((node, position) => [`product${position}`, node] as const);
  const outputGraph = { outputs: Object.fromEntries(outputs) };
  const point = [...inputsOf(outputGraph).values()].filter(({ name }) => /^(parameter|buffer)\d+$/.test(name ?? ''));
  return { graph: outputGraph, directions, point };
}

function pairs(keys: readonly Node[], values: readonly Node[]): Map<Node, Node> {
  return new Map(keys.map((key, position) => [key, values[position] ?? key]));
}
