/** 1 at the first of the largest elements of each window (rows first), else 0; windows tile the image. Its derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { pairOf, type Pair } from './convolution/geometry.ts';
import { checkTiles, cutShape } from './convolution/tiles.ts';
import { operand, type Op } from './Op.ts';

export const maxPool2dMaskOp: Op = {
  name: 'maxPool2dMask',
  shape: ([x = []], attributes) => {
    checkTiles('maxPool2dMask', x, pairOf(attributes, 'kernel'));
    return x;
  },
  vjp: () => [null],
  jvp: () => null,
  onnx: (emit, node, operands) => {
    const [many, rows, across, columns] = cutShape(operand(node.operands, 0), pairOf(node.attributes, 'kernel'));
    const apart = emit.node('Reshape', [operand(operands, 0), emit.integers([many, rows, across, columns])]);
    const windows = emit.node('Transpose', [apart], { perm: [0, 2, 1, 3] });
    const flat = emit.node('Reshape', [windows, emit.integers([many, across, rows * columns])]);
    const first = emit.castToInt32(emit.node('ArgMax', [flat], { axis: -1, keepdims: 1 }));
    const places = emit.int32s(Array.from({ length: rows * columns }, (_, place) => place));
    const chosen = emit.node('Reshape', [
      emit.cast(emit.node('Equal', [first, places])),
      emit.integers([many, across, rows, columns]),
    ]);
    return emit.node('Reshape', [emit.node('Transpose', [chosen], { perm: [0, 2, 1, 3] }), emit.integers(node.shape)]);
  },
  tfjs: (tf, node, operands) => {
    const [many, rows, across, columns] = cutShape(operand(node.operands, 0), pairOf(node.attributes, 'kernel'));
    const windows = tf.transpose(tf.reshape(operand(operands, 0), [many, rows, across, columns]), [0, 2, 1, 3]);
    const taps = rows * columns;
    const flat = tf.reshape(windows, [many * across, taps]);
    const largest = tf.cast(tf.equal(flat, tf.max(flat, 1, true)), 'float32');
    // How many of the largest come before each; not by argMax, whose indices the WebGPU backend cannot use further.
    const before = Array.from({ length: taps * taps }, (_, i) => (Math.floor(i / taps) < i % taps ? 1 : 0));
    const none = tf.equal(tf.matMul(largest, tf.tensor2d(before, [taps, taps], 'float32')), 0);
    const chosen = tf.reshape(tf.mul(largest, tf.cast(none, 'float32')), [many, across, rows, columns]);
    return tf.reshape(tf.transpose(chosen, [0, 2, 1, 3]), [...node.shape]);
  },
  examples: [{ operands: [[2, 2, 4, 6]], attributes: { kernel: [2, 3] } }],
};

export function maxPool2dMask(graph: GraphBuilder, x: Node, kernel: Pair): Node {
  return graph.apply('maxPool2dMask', [x], { kernel: [...kernel] });
}
