/**
 * The reverse of sumPool2d: every number goes to all places of its window, [..., H', W'] → [..., H, W]. Where the windows tile the
 * image it repeats; else it is a sum over windows of the numbers with zeros between them.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { poolingExamples } from './convolution/examples.ts';
import { pairOf, reversedGeometry, sizeOfImage, type Pair } from './convolution/geometry.ts';
import { dilated } from './convolution/onnxImages.ts';
import {
  asOneChannel,
  pooledShape,
  vmapImages,
  sumWindows,
  sumWindowsTfjs,
  tiles,
  windowAttributes,
  windowOf,
  type Window,
} from './convolution/pooling.ts';
import { dilatedTfjs } from './convolution/tfjsConvolution.ts';
import { operand, type Op } from './Op.ts';

interface Settings {
  readonly window: Window;
  readonly size: Pair;
  /** The shape [M, H', 1, W', 1] in which to repeat along the axes of length 1; null where the windows do not tile. */
  readonly repeated: readonly number[] | null;
  readonly reversed: Window;
}

function settings(node: Node): Settings {
  const window = windowOf(node.attributes);
  const size = pairOf(node.attributes, 'size');
  const { shape } = operand(node.operands, 0);
  const [h, w] = sizeOfImage(shape);
  return {
    window,
    size,
    repeated: tiles(size, window) ? [sizeOf(shape) / (h * w), h, 1, w, 1] : null,
    reversed: { ...window, geometry: reversedGeometry(size, window.kernel, [h, w], window.geometry) },
  };
}

export const spreadPool2dOp: Op = {
  name: 'spreadPool2d',
  shape: ([x = []], attributes) => [...x.slice(0, -2), ...pairOf(attributes, 'size')],
  vjp: (graph, node, cotangent) => [graph.apply('sumPool2d', [cotangent], windowAttributes(windowOf(node.attributes)))],
  jvp: (graph, node, [tangent = null]) => {
    const { size, window } = settings(node);
    return tangent && spreadPool2d(graph, tangent, size, window);
  },
  vmap: vmapImages,
  onnx: (emit, node, operands) => {
    const { window, repeated, reversed } = settings(node);
    const result = emit.integers(node.shape);
    const images = asOneChannel(emit, operand(operands, 0), operand(node.operands, 0));
    if (repeated && !emit.isDouble) {
      // Five times as fast as Expand on the CPU; not there in float64.
      const scales = emit.floats([1, 1, ...window.kernel]);
      const how = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
      return emit.node('Reshape', [emit.node('Resize', [images.name, '', scales], how), result]);
    }
    if (repeated) {
      const apart = emit.node('Reshape', [images.name, emit.integers(repeated)]);
      const full = emit.integers(repeated.with(2, window.kernel[0]).with(4, window.kernel[1]));
      return emit.node('Reshape', [emit.node('Expand', [apart, full]), result]);
    }
    const { name } = sumWindows(emit, dilated(emit, images, window.geometry.stride), reversed);
    return emit.node('Reshape', [name, result]);
  },
  tfjs: (tf, node, operands) => {
    const { window, repeated, reversed } = settings(node);
    const x = operand(operands, 0);
    if (repeated)
      return tf.reshape(tf.tile(tf.reshape(x, [...repeated]), [1, 1, window.kernel[0], 1, window.kernel[1]]), [
        ...node.shape,
      ]);
    const images = tf.reshape(x, [-1, 1, ...sizeOfImage(x.shape)]);
    const spread = sumWindowsTfjs(tf, dilatedTfjs(tf, images, window.geometry.stride), reversed);
    return tf.reshape(spread, [...node.shape]);
  },
  examples: poolingExamples().map(({ x, window }) => ({
    operands: [pooledShape('spreadPool2d', x, window)],
    attributes: { ...windowAttributes(window), size: sizeOfImage(x) },
  })),
};

/** `size` is that of the image; `window` that of the sum whose reverse this is. */
export function spreadPool2d(graph: GraphBuilder, x: Node, size: Pair, window: Window): Node {
  return graph.apply('spreadPool2d', [x], { ...windowAttributes(window), size: [...size] });
}
