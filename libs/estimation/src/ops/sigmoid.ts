/** Logistic function s = 1 / (1 + exp(−x)); derivative s − s². */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';
import { unaryOp } from './unary.ts';

export const sigmoidOp = unaryOp({
  name: 'sigmoid',
  slope: (graph, node) => subtract(graph, node, multiply(graph, node, node)),
  onnx: (emit, x) => emit.node('Sigmoid', [x]),
  tfjs: (tf, x) => tf.sigmoid(x),
});

export function sigmoid(graph: GraphBuilder, x: Node): Node {
  return graph.apply('sigmoid', [x]);
}
