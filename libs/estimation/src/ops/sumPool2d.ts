/**
 * Sum over windows of the last two axes, [..., H, W] → [..., H', W'], with zeros around the image. Linear; its reverse is
 * spreadPool2d, whose reverse is this.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { poolingExamples } from './convolution/examples.ts';
import { sizeOfImage } from './convolution/geometry.ts';
import {
  asOneChannel,
  pooledShape,
  vmapImages,
  sumWindows,
  sumWindowsTfjs,
  windowAttributes,
  windowOf,
  type Window,
} from './convolution/pooling.ts';
import { operand, type Op } from './Op.ts';
import { spreadPool2d } from './spreadPool2d.ts';

export const sumPool2dOp: Op = {
  name: 'sumPool2d',
  shape: ([x = []], attributes) => pooledShape('sumPool2d', x, windowOf(attributes)),
  vjp: (graph, node, cotangent) => {
    const size = sizeOfImage(operand(node.operands, 0).shape);
    return [spreadPool2d(graph, cotangent, size, windowOf(node.attributes))];
  },
  jvp: (graph, node, [tangent = null]) => tangent && sumPool2d(graph, tangent, windowOf(node.attributes)),
  vmap: vmapImages,
  onnx: (emit, node, operands) => {
    const images = asOneChannel(emit, operand(operands, 0), operand(node.operands, 0));
    const { name } = sumWindows(emit, images, windowOf(node.attributes));
    return emit.node('Reshape', [name, emit.integers(node.shape)]);
  },
  tfjs: (tf, node, operands) => {
    const size = sizeOfImage(operand(node.operands, 0).shape);
    const images = tf.reshape(operand(operands, 0), [-1, 1, ...size]);
    return tf.reshape(sumWindowsTfjs(tf, images, windowOf(node.attributes)), [...node.shape]);
  },
  examples: poolingExamples().map(({ x, window }) => ({ operands: [x], attributes: windowAttributes(window) })),
};

export function sumPool2d(graph: GraphBuilder, x: Node, window: Window): Node {
  return graph.apply('sumPool2d', [x], windowAttributes(window));
}
