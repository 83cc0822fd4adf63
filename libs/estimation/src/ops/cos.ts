/** Cosine; derivative −sin. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { sin } from './sin.ts';
import { sineOnnx, sineTfjs } from './sineSeries.ts';
import { unaryOp } from './unary.ts';

export const cosOp = unaryOp({
  name: 'cos',
  slope: (graph, _node, x) => scale(graph, sin(graph, x), -1),
  onnx: (emit, x) => sineOnnx(emit, x, 1),
  tfjs: (tf, x) => sineTfjs(tf, x, 1),
  examples: [{ operands: [{ shape: [3, 4], range: [-7, 7] }] }],
});

export function cos(graph: GraphBuilder, x: Node): Node {
  return graph.apply('cos', [x]);
}
