/** Matrix products. */
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { scale } from '../../../ops/affine.ts';
import { matmul } from '../../../ops/matmul.ts';
import { reshape } from '../../../ops/reshape.ts';
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

/** A vector counts as one row on the left and as one column on the right; the result lacks that axis. */
function matrixProduct(node: NodeTranslation): Node {
  const { graph } = node;
  const [a, b] = [node.float(0), node.float(1)];
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  const left = row ? reshape(graph, a, [1, ...a.shape]) : a;
  const right = column ? reshape(graph, b, [...b.shape, 1]) : b;
  const whole = matmul(graph, left, right);
  const last = column ? whole.shape.slice(0, -1) : whole.shape;
  const shape = row ? last.toSpliced(column ? -1 : -2, 1) : last;
  return node.typedAs(reshape(graph, whole, shape), 0, 1);
}

export const matrixRules: Rules = {
  MatMul: matrixProduct,
  Gemm: gemm,
};
