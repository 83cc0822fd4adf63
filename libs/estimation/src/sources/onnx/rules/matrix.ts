/** Matrix products. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { scale } from '../../../ops/affine.ts';
import { matmul } from '../../../ops/matmul.ts';
import { reshape } from '../../../ops/reshape.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

/** A [..., m, p] · B [..., p, n]; against a single matrix B all rows of A are one large matrix, which is one product. */
export function product(graph: GraphBuilder, a: Node, b: Node): Node {
  if (a.shape.length <= 2 || b.shape.length !== 2) return matmul(graph, a, b);
  const rows = reshape(graph, a, [-1, a.shape.at(-1) ?? 1]);
  return reshape(graph, matmul(graph, rows, b), [...a.shape.slice(0, -1), b.shape[1] ?? 1]);
}

/** α A · B + β C, A and B transposed on request. */
function gemm(node: NodeTranslation): Node {
  const { graph } = node;
  const transposeA = node.number('transA', 0) === 1;
  const transposeB = node.number('transB', 0) === 1;
  const alpha = node.number('alpha', 1);
  const main = scale(graph, matmul(graph, node.node(0), node.node(1), { transposeA, transposeB }), alpha);
  return node.has(2) ? add(graph, main, scale(graph, node.node(2), node.number('beta', 1))) : main;
}

export const matrixRules: Rules = {
  MatMul: (node) => product(node.graph, node.node(0), node.node(1)),
  Gemm: gemm,
};
