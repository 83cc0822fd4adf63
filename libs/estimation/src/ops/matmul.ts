/**
 * Matrix product of the last two axes, either operand optionally transposed; leading axes broadcast.
 * A [..., m, p], B [..., p, n], result [..., m, n].
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Attributes, Node, Shape } from '../graph/Node.ts';
import { broadcastShapes, showShape } from '../graph/shape.ts';
import { add } from './add.ts';
import { operand, type Op } from './Op.ts';
import { sumTo } from './stacked.ts';
import type { OnnxEmitter } from '../engines/onnx/OnnxEmitter.ts';

interface Transposes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

function flags(attributes: Attributes): { ta: boolean; tb: boolean } {
  return { ta: attributes['transposeA'] === true, tb: attributes['transposeB'] === true };
}

function matrix(shape: Shape, transposed: boolean): [number, number] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

function transposed(emit: OnnxEmitter, name: string, rank: number): string {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return emit.node('Transpose', [name], { perm: [...axes.slice(0, -2), rank - 1, rank - 2] });
}

export const matmulOp: Op = {
  name: 'matmul',
  shape: ([a = [], b = []], attributes) => {
    const { ta, tb } = flags(attributes);
    const [m, p] = matrix(a, ta);
    const [q, n] = matrix(b, tb);
    if (a.length < 2 || b.length < 2 || p !== q) {
      const product = `${showShape(a)}${ta ? 'ᵀ' : ''} · ${showShape(b)}${tb ? 'ᵀ' : ''}`;
      throw new EstimationError(
        'SHAPE',
        `matmul: ${product}: the inner lengths must be equal and both ranks at least 2.`,
      );
    }
    return [...broadcastShapes('matmul', a.slice(0, -2), b.slice(0, -2)), m, n];
  },
  vjp: (graph, node, cotangent) => {
    const a = operand(node.operands, 0);
    const b = operand(node.operands, 1);
    const { ta, tb } = flags(node.attributes);
    const da = ta
      ? matmul(graph, b, cotangent, { transposeA: tb, transposeB: true })
      : matmul(graph, cotangent, b, { transposeB: !tb });
    const db = tb
      ? matmul(graph, cotangent, a, { transposeA: true, transposeB: ta })
      : matmul(graph, a, cotangent, { transposeA: !ta });
    return [sumTo(graph, da, a.shape), sumTo(graph, db, b.shape)];
  },
  jvp: (graph, node, [a = null, b = null]) => {
    const left = a && graph.apply('matmul', [a, operand(node.operands, 1)], node.attributes);
    const right = b && graph.apply('matmul', [operand(node.operands, 0), b], node.attributes);
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  onnx: (emit, node, operands) => {
    const { ta, tb } = flags(node.attributes);
    const [a, b] = [operand(node.operands, 0).shape.length, operand(node.operands, 1).shape.length];
    const left = ta ? transposed(emit, operand(operands, 0), a) : operand(operands, 0);
    const right = tb ? transposed(emit, operand(operands, 1), b) : operand(operands, 1);
    return emit.node('MatMul', [left, right]);
  },
  tfjs: (tf, node, operands) => {
    const { ta, tb } = flags(node.attributes);
    return tf.matMul(operand(operands, 0), operand(operands, 1), ta, tb);
  },
};

/** A · B, with either transposed on request. Tangents of operands with leading axes are stacked before these. */
export function matmul(graph: GraphBuilder, a: Node, b: Node, { transposeA, transposeB }: Transposes = {}): Node {
  return graph.apply('matmul', [a, b], { transposeA: transposeA === true, transposeB: transposeB === true });
}
