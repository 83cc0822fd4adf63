/** Natural logarithm; derivative 1 / x. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { reciprocal } from './reciprocal.ts';
import { unaryOp } from './unary.ts';

export const logOp = unaryOp({
  name: 'log',
  slope: (graph, _node, x) => reciprocal(graph, x),
  onnx: (emit, x) => emit.node('Log', [x]),
  tfjs: (tf, x) => tf.log(x),
  examples: [{ operands: [{ shape: [3, 4], range: [0.3, 2] }] }],
});

export function log(graph: GraphBuilder, x: Node): Node {
  return graph.apply('log', [x]);
}
