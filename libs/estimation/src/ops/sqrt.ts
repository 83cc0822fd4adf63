/** Square root s = √x; derivative 1 / (2s), infinite at 0 as in PyTorch. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { reciprocal } from './reciprocal.ts';
import { unaryOp } from './unary.ts';

export const sqrtOp = unaryOp({
  name: 'sqrt',
  slope: (graph, node) => scale(graph, reciprocal(graph, node), 0.5),
  onnx: (emit, x) => emit.node('Sqrt', [x]),
  tfjs: (tf, x) => tf.sqrt(x),
  examples: [{ operands: [{ shape: [3, 4], range: [0.3, 2] }] }],
});

export function sqrt(graph: GraphBuilder, x: Node): Node {
  return graph.apply('sqrt', [x]);
}
