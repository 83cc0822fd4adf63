/** Sine; derivative cos. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { sineOnnx, sineTfjs } from './sineSeries.ts';
import { unaryOp } from './unary.ts';

export const sinOp = unaryOp({
  name: 'sin',
  slope: (graph, _node, x) => graph.apply('cos', [x]),
  onnx: (emit, x) => sineOnnx(emit, x, 0),
  tfjs: (tf, x) => sineTfjs(tf, x, 0),
  examples: [{ operands: [{ shape: [3, 4], range: [-7, 7] }] }],
});

export function sin(graph: GraphBuilder, x: Node): Node {
  return graph.apply('sin', [x]);
}
