/** log(1 + exp(x)), computed as max(x, 0) + log(1 + exp(−|x|)); derivative 1 / (1 + exp(−x)). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { sigmoid } from './sigmoid.ts';
import { unaryOp } from './unary.ts';

export const softplusOp = unaryOp({
  name: 'softplus',
  slope: (graph, _node, x) => sigmoid(graph, x),
  // Not Softplus, which ONNX Runtime lacks for float64.
  onnx: (emit, x) => {
    const decayed = emit.node('Exp', [emit.node('Neg', [emit.node('Abs', [x])])]);
    const rest = emit.node('Log', [emit.node('Add', [decayed, emit.scalar(1)])]);
    return emit.node('Add', [emit.node('Relu', [x]), rest]);
  },
  tfjs: (tf, x) => tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x))), 1))),
  examples: [{ operands: [[3, 4]] }, { operands: [{ shape: [4], range: [-80, 80] }] }],
});

export function softplus(graph: GraphBuilder, x: Node): Node {
  return graph.apply('softplus', [x]);
}
