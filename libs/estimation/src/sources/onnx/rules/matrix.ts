/** Matrix products. */
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { scale } from '../../../ops/affine.ts';
import { matmul } from '../../../ops/matmul.ts';
import { product } from '../../product.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

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
