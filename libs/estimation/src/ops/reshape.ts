/** The same elements, row-major, in another shape. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';
import { resolveReshape, sameShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { transpose } from './transpose.ts';

export const reshapeOp: Op = {
  name: 'reshape',
  shape: ([x = []], attributes) => resolveReshape(x, attributes['shape'] as Shape),
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => [reshape(graph, cotangent, operand(node.operands, 0).shape)],
  jvp: (graph, node, [tangent = null]) => tangent && reshape(graph, tangent, node.shape),
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    if (x.axis === null) return { node, axis: null };
    const k = x.node.shape[x.axis] ?? 1;
    const before = sizeOf(x.node.shape.slice(0, x.axis));
    // The k values stay where they are if the axes before them are regrouped among themselves; else they go to the front.
    let axis = 0;
    while (axis < node.shape.length && sizeOf(node.shape.slice(0, axis)) < before) axis++;
    const stays = sizeOf(node.shape.slice(0, axis)) === before;
    const others = x.node.shape.map((_, position) => position).toSpliced(x.axis, 1);
    const source = stays || k === 1 ? x.node : transpose(graph, x.node, [x.axis, ...others]);
    return { node: reshape(graph, source, node.shape.toSpliced(stays ? axis : 0, 0, k)), axis: stays ? axis : 0 };
  },
  onnx: (emit, node, operands) => emit.node('Reshape', [...operands, emit.integers(node.shape)]),
  tfjs: (tf, node, operands) => tf.reshape(operand(operands, 0), [...node.shape]),
  examples: [
    { operands: [[2, 6]], attributes: { shape: [4, 3] } },
    { operands: [[2, 6]], attributes: { shape: [2, 2, 3] } },
    { operands: [[1, 1]], attributes: { shape: [] } },
  ],
};

/** Reshapes; one length may be -1. */
export function reshape(graph: GraphBuilder, x: Node, shape: Shape): Node {
  const resolved = resolveReshape(x.shape, shape);
  if (sameShape(x.shape, resolved)) return x;
  const inner = x.op === 'reshape' ? x.operands[0] : undefined;
  return inner ? reshape(graph, inner, resolved) : graph.apply('reshape', [x], { shape: resolved });
}
