/**
 * Maximum over windows that tile the image, [..., H, W] → [..., H / rows, W / columns]; other windows are first laid out side by
 * side. Its derivative goes to the first of the largest in each window, as in PyTorch: maxPool2dMask is 1 there.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import {
  outputSize,
  pair,
  pairOf,
  resolveGeometry,
  sizeOfImage,
  type Geometry,
  type Pair,
  type WindowOptions,
} from './convolution/geometry.ts';
import { tiles } from './convolution/pooling.ts';
import { checkTiles, cutShape, tiling } from './convolution/tiles.ts';
import { gather } from './gather.ts';
import { maxPool2dMask } from './maxPool2dMask.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { pad } from './pad.ts';
import { spreadPool2d } from './spreadPool2d.ts';
import { sumPool2d } from './sumPool2d.ts';

export const maxPool2dOp: Op = {
  name: 'maxPool2d',
  shape: ([x = []], attributes) => {
    const kernel = pairOf(attributes, 'kernel');
    checkTiles('maxPool2d', x, kernel);
    const [h, w] = sizeOfImage(x);
    return [...x.slice(0, -2), h / kernel[0], w / kernel[1]];
  },
  vjp: (graph, node, cotangent) => {
    const x = operand(node.operands, 0);
    const kernel = pairOf(node.attributes, 'kernel');
    const spread = spreadPool2d(graph, cotangent, sizeOfImage(x.shape), tiling(kernel));
    return [multiply(graph, spread, maxPool2dMask(graph, x, kernel))];
  },
  jvp: (graph, node, [tangent = null]) => {
    const kernel = pairOf(node.attributes, 'kernel');
    const mask = maxPool2dMask(graph, operand(node.operands, 0), kernel);
    return tangent && sumPool2d(graph, multiply(graph, tangent, mask), tiling(kernel));
  },
  onnx: (emit, node, operands) => {
    const cut = cutShape(operand(node.operands, 0), pairOf(node.attributes, 'kernel'));
    const apart = emit.node('Reshape', [operand(operands, 0), emit.integers(cut)]);
    const largest = emit.node('ReduceMax', [apart, emit.integers([1, 3])], { keepdims: 0 });
    return emit.node('Reshape', [largest, emit.integers(node.shape)]);
  },
  tfjs: (tf, node, operands) => {
    const cut = cutShape(operand(node.operands, 0), pairOf(node.attributes, 'kernel'));
    return tf.reshape(tf.max(tf.reshape(operand(operands, 0), cut), [1, 3]), [...node.shape]);
  },
  examples: [
    { operands: [[2, 2, 4, 6]], attributes: { kernel: [2, 3] } },
    { operands: [[2, 4, 4]], attributes: { kernel: [2, 2] } },
  ],
};

/** Indices that lay the lines of all windows side by side. */
function lines(positions: number, taps: number, stride: number, dilation: number): number[] {
  return Array.from({ length: positions * taps }, (_, line) => {
    const position = Math.floor(line / taps);
    return position * stride + (line % taps) * dilation;
  });
}

/** The image in which the windows tile: cut to what they reach, or every window laid out separately. */
function laidOut(graph: GraphBuilder, x: Node, kernel: Pair, geometry: Geometry): Node {
  const { stride, dilation, pads } = geometry;
  const size = sizeOfImage(x.shape);
  const out = outputSize(size, kernel, geometry);
  const reached: Pair = [out[0] * kernel[0], out[1] * kernel[1]];
  if (pads.every((width) => width === 0) && tiles(reached, { kernel, geometry })) {
    return pad(graph, x, { before: [0, 0], after: [reached[0] - size[0], reached[1] - size[1]] });
  }
  const [top, left, bottom, right] = pads;
  // The lowest float32: a window holds at least one element of the image.
  const image = pad(graph, x, { before: [top, left], after: [bottom, right], value: -3.4028234663852886e38 });
  const rows = lines(out[0], kernel[0], stride[0], dilation[0]);
  const columns = lines(out[1], kernel[1], stride[1], dilation[1]);
  const byRow = gather(graph, image, graph.constant(rows, [rows.length], 'int'), -2);
  return gather(graph, byRow, graph.constant(columns, [columns.length], 'int'), -1);
}

/** [..., H, W] → [..., H', W']; the stride is the window's size unless given. Throws an EstimationError (SHAPE, BAD_OPTION). */
export function maxPool2d(
  graph: GraphBuilder,
  x: Node,
  window: number | Pair,
  { stride = window, ...options }: WindowOptions = {},
): Node {
  const kernel = pair(window);
  const size = sizeOfImage(x.shape);
  const geometry = resolveGeometry('maxPool2d', size, kernel, { stride, ...options });
  if (Math.min(...outputSize(size, kernel, geometry)) < 1) {
    const given = `a window of ${kernel.join(' × ')} does not fit ${showShape(x.shape)}`;
    throw new EstimationError('SHAPE', `maxPool2d: ${given}.`);
  }
  return graph.apply('maxPool2d', [laidOut(graph, x, kernel, geometry)], { kernel: [...kernel] });
}
