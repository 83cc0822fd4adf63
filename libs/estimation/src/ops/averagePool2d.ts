/** Mean over windows, and over the whole image. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import {
  outputSize,
  pair,
  resolveGeometry,
  sizeOfImage,
  type Pair,
  type WindowOptions,
} from './convolution/geometry.ts';
import { multiply } from './multiply.ts';
import { sum } from './sum.ts';
import { sumPool2d } from './sumPool2d.ts';

export interface AveragePoolOptions extends Omit<WindowOptions, 'dilation'> {
  /** Whether the zeros around the image count as elements of a window (as in PyTorch, and by default) or not (TensorFlow). */
  readonly countPadding?: boolean;
}

/** How many of the window's lines lie inside the image, for every position. */
function inside(size: number, taps: number, stride: number, before: number, positions: number): number[] {
  return Array.from({ length: positions }, (_, position) => {
    const start = position * stride - before;
    return Math.min(start + taps, size) - Math.max(start, 0);
  });
}

/** [..., H, W] → [..., H', W']; the stride is the window's size unless given. Throws an EstimationError (SHAPE, BAD_OPTION). */
export function averagePool2d(
  graph: GraphBuilder,
  x: Node,
  window: number | Pair,
  { countPadding = true, stride = window, ...options }: AveragePoolOptions = {},
): Node {
  const kernel = pair(window);
  const size = sizeOfImage(x.shape);
  const geometry = resolveGeometry('averagePool2d', size, kernel, { stride, ...options });
  const sums = sumPool2d(graph, x, { kernel, geometry });
  if (countPadding || geometry.pads.every((width) => width === 0)) {
    return scale(graph, sums, 1 / (kernel[0] * kernel[1]));
  }
  const out = outputSize(size, kernel, geometry);
  const [rows, columns] = ([0, 1] as const).map((axis) =>
    inside(size[axis], kernel[axis], geometry.stride[axis], geometry.pads[axis], out[axis]),
  );
  const weights = (rows ?? []).flatMap((row) => (columns ?? []).map((column) => 1 / (row * column)));
  return multiply(graph, sums, graph.constant(weights, out));
}

/** Mean over rows and columns: [..., H, W] → [..., 1, 1]. */
export function globalAveragePool2d(graph: GraphBuilder, x: Node): Node {
  const [h, w] = sizeOfImage(x.shape);
  return scale(graph, sum(graph, x, [-2, -1]), 1 / (h * w));
}
