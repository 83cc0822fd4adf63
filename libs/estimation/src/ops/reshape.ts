/** The same elements, row-major, in another shape. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { resolveReshape, sameShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';

export const reshapeOp: Op = {
  name: 'reshape',
  shape: ([x = []], attributes) => resolveReshape(x, attributes['shape'] as Shape),
  vjp: (graph, node, cotangent) => [reshape(graph, cotangent, operand(node.operands, 0).shape)],
  jvp: (graph, node, [tangent = null]) => tangent && reshape(graph, tangent, [tangent.shape[0] ?? 1, ...node.shape]),
  onnx: (emit, node, operands) => emit.node('Reshape', [...operands, emit.integers(node.shape)]),
  tfjs: (tf, node, operands) => tf.reshape(operand(operands, 0), [...node.shape]),
};

/** Reshapes; one length may be -1. */
export function reshape(graph: GraphBuilder, x: Node, shape: Shape): Node {
  const resolved = resolveReshape(x.shape, shape);
  return sameShape(x.shape, resolved) ? x : graph.apply('reshape', [x], { shape: resolved });
}
