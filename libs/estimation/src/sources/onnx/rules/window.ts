/** Kernels that move over signals [N, C, L], images [N, C, H, W] and volumes [N, C, D, H, W]: the attributes that say how. */
import type { Node } from '../../../graph/Node.ts';
import { extent, type Geometry, type Pair } from '../../../ops/convolution/geometry.ts';
import { reshape } from '../../../ops/reshape.ts';
import type { NodeTranslation } from '../NodeTranslation.ts';

/** One number for each spatial axis. */
export interface OnnxWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Lengths of the spatial axes; throws an EstimationError (UNSUPPORTED) unless there are one to three of them. */
export function spatial(node: NodeTranslation, { shape }: Node): readonly number[] {
  if (shape.length < 3 || shape.length > 5) {
    throw node.failure('UNSUPPORTED', `expected 1 to 3 spatial axes, got the shape [${shape.join(', ')}]`);
  }
  return shape.slice(2);
}

/** Of a kernel over axes of these lengths. Automatic padding leaves ⌈length / stride⌉ positions. */
export function windowOf(node: NodeTranslation, lengths: readonly number[], kernel: readonly number[]): OnnxWindow {
  const ones = lengths.map(() => 1);
  const stride = node.integers('strides') ?? ones;
  const dilation = node.integers('dilations') ?? ones;
  const window = { kernel, stride, dilation };
  const automatic = node.text('auto_pad', 'NOTSET');
  switch (automatic) {
    case 'NOTSET': {
      const pads = node.integers('pads') ?? lengths.flatMap(() => [0, 0]);
      return { ...window, before: pads.slice(0, lengths.length), after: pads.slice(lengths.length) };
    }
    case 'VALID':
      return { ...window, before: ones.map(() => 0), after: ones.map(() => 0) };
    case 'SAME_UPPER':
    case 'SAME_LOWER': {
      const needed = lengths.map((length, axis) => {
        const step = stride[axis] ?? 1;
        return Math.max(
          (Math.ceil(length / step) - 1) * step + extent(kernel[axis] ?? 1, dilation[axis] ?? 1) - length,
          0,
        );
      });
      const [less, more] = [needed.map((width) => Math.floor(width / 2)), needed.map((width) => Math.ceil(width / 2))];
      return automatic === 'SAME_UPPER'
        ? { ...window, before: less, after: more }
        : { ...window, before: more, after: less };
    }
    default:
      throw node.failure('UNSUPPORTED', `auto_pad "${automatic}" is not supported; export explicit pads`);
  }
}

/** Of the attribute `kernel_shape`. */
export function kernelOf(node: NodeTranslation, lengths: readonly number[]): number[] {
  return node.integers('kernel_shape') ?? lengths.map(() => 1);
}

/**
 * With ceil_mode a window that begins inside the image or its padding counts although it reaches beyond: the padding at the end
 * grows by what it lacks.
 */
export function roundedUp(window: OnnxWindow, lengths: readonly number[]): OnnxWindow {
  const after = lengths.map((length, axis) => {
    const step = window.stride[axis] ?? 1;
    const [first, last] = [window.before[axis] ?? 0, window.after[axis] ?? 0];
    const reach = extent(window.kernel[axis] ?? 1, window.dilation[axis] ?? 1);
    const windows = Math.ceil((length + first + last - reach) / step);
    const begun = windows * step >= length + first ? windows - 1 : windows;
    return Math.max(last, begun * step + reach - length - first);
  });
  return { ...window, after };
}

/** Positions of the window along a spatial axis. */
export function positionsAlong(
  { kernel, stride, dilation, before, after }: OnnxWindow,
  axis: number,
  length: number,
): number {
  const room = length + (before[axis] ?? 0) + (after[axis] ?? 0) - extent(kernel[axis] ?? 1, dilation[axis] ?? 1);
  return Math.floor(room / (stride[axis] ?? 1)) + 1;
}

/** How the window moves along the last two axes; a signal's one axis is the columns of an image of one row. */
export function planar({ stride, dilation, before, after }: OnnxWindow, groups = 1): Geometry {
  const pair = (values: readonly number[], one: number): Pair => [values.at(-2) ?? one, values.at(-1) ?? one];
  const [top, left] = pair(before, 0);
  const [bottom, right] = pair(after, 0);
  return { stride: pair(stride, 1), dilation: pair(dilation, 1), pads: [top, left, bottom, right], groups };
}

/** The last two lengths of a kernel, one row of a signal's. */
export function planarKernel(kernel: readonly number[]): Pair {
  return [kernel.at(-2) ?? 1, kernel.at(-1) ?? 1];
}

/** [N, C, L] as [N, C, 1, L]; images as they are. */
export function asImage({ graph }: NodeTranslation, x: Node): Node {
  return x.shape.length === 3 ? reshape(graph, x, x.shape.toSpliced(2, 0, 1)) : x;
}

/** The result in the form of the operand it was made from. */
export function asBefore({ graph }: NodeTranslation, result: Node, { shape }: Node): Node {
  return shape.length === 3 ? reshape(graph, result, result.shape.toSpliced(2, 1)) : result;
}
