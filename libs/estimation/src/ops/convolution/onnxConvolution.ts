/**
 * Convolution in ONNX nodes. In float64 the CPU provider has no Conv: there it is im2col and a matrix product, which is the
 * float64 reference. Images are [N, C, H, W], kernels [O, C / groups, rows, columns].
 */
import type { Emitter, Value } from '../Emitter.ts';
import type { Shape } from '../../graph/Node.ts';
import { outputSize, sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import { convolveInBlocks } from './onnxBlocks.ts';
import { lengths, lineViews, padded, reshaped, transposed } from './onnxImages.ts';

/** How im2col orders the taps: row by row, or from the last to the first, which is the reversed kernel. */
export type TapOrder = 'forwards' | 'backwards';

/** The first line that each tap along rows (side 0) or columns (side 1) sees, in order. */
export function tapStarts(side: 0 | 1, kernel: Pair, dilation: Pair, order: TapOrder): number[] {
  const starts = Array.from({ length: kernel[side] }, (_, tap) => tap * dilation[side]);
  return order === 'forwards' ? starts : starts.toReversed();
}

/**
 * What the taps of the kernel see of the last two axes, tap after tap along the axis of the channels. First the columns, then the rows
 * of that: fewer and longer pieces are copied than tap by tap.
 */
function taps(
  emit: Emitter,
  { image, axis }: { readonly image: Value; readonly axis: number },
  kernel: Pair,
  { stride, dilation }: Geometry,
  out: Pair,
  order: TapOrder,
): Value {
  let seen = image;
  for (const side of [1, 0] as const) {
    const along = image.shape.length - 2 + side;
    const starts = tapStarts(side, kernel, dilation, order);
    const views = lineViews(emit, seen, { side, starts, count: out[side], step: stride[side] });
    const name = views.length === 1 ? (views[0] ?? '') : emit.node('Concat', views, { axis });
    const channels = (seen.shape[axis] ?? 1) * kernel[side];
    seen = { name, shape: seen.shape.with(along, out[side]).with(axis, channels) };
  }
  return seen;
}

/** im2col: [N, C, H, W] → [N, groups, taps · C / groups, positions]. */
export function columns(
  emit: Emitter,
  x: Value,
  kernel: Pair,
  geometry: Geometry,
  order: TapOrder = 'forwards',
): Value {
  const [n, c, h, w] = lengths(x.shape);
  const { groups } = geometry;
  const out = outputSize([h, w], kernel, geometry);
  const image = padded(emit, x, geometry.pads);
  const [ph, pw] = sizeOfImage(image.shape);
  const grouped =
    groups === 1 ? { image, axis: 1 } : { image: reshaped(emit, image, [n, groups, c / groups, ph, pw]), axis: 2 };
  const seen = taps(emit, grouped, kernel, geometry, out, order);
  return reshaped(emit, seen, [n, groups, (kernel[0] * kernel[1] * c) / groups, out[0] * out[1]]);
}

/** im2col with the taps first and all positions of all images in one row: [N, C, H, W] → [taps · C, N · positions]. */
export function rowsOfColumns(emit: Emitter, x: Value, kernel: Pair, geometry: Geometry, order: TapOrder): Value {
  const [n, c, h, w] = lengths(x.shape);
  const out = outputSize([h, w], kernel, geometry);
  const image = padded(emit, transposed(emit, x, [1, 0, 2, 3]), geometry.pads);
  const seen = taps(emit, { image, axis: 0 }, kernel, geometry, out, order);
  return reshaped(emit, seen, [kernel[0] * kernel[1] * c, n * out[0] * out[1]]);
}

function channels(emit: Emitter, name: string, axis: number, start: number, length: number): string {
  return emit.node('Slice', [name, emit.integers([start]), emit.integers([start + length]), emit.integers([axis])]);
}

/** `bias`: the name of a value [O]. */
export function convolve(emit: Emitter, x: Value, w: Value, geometry: Geometry, bias?: string): Value {
  const [n, c, h, width] = lengths(x.shape);
  const [o, perGroup, ...taps] = lengths(w.shape);
  const kernel: Pair = taps;
  const { stride, dilation, groups } = geometry;
  const out = outputSize([h, width], kernel, geometry);
  const shape = [n, o, ...out];
  if (!emit.isDouble) {
    const cuts = geometry.pads.some((lines) => lines < 0);
    const image = cuts ? padded(emit, x, geometry.pads) : x;
    const pads = cuts ? [0, 0, 0, 0] : geometry.pads;
    const attributes = { strides: stride, pads, dilations: dilation, kernel_shape: kernel };
    const block = emit.channelBlock;
    if (block !== null && groups === 1 && c % block === 0 && o % block === 0) {
      return { name: convolveInBlocks(emit, image, w, attributes, { block, shape, bias }), shape };
    }
    // The WebGPU provider is wrong for groups of more than one channel: there every group is a convolution of its own.
    if (emit.isWebGpu && groups > 1 && perGroup > 1) {
      const parts = Array.from({ length: groups }, (_, group) => {
        const inputs = channels(emit, image.name, 1, group * perGroup, perGroup);
        return emit.node('Conv', [inputs, channels(emit, w.name, 0, (group * o) / groups, o / groups)], attributes);
      });
      return withBias(emit, { name: emit.node('Concat', parts, { axis: 1 }), shape }, bias);
    }
    const inputs = bias ? [image.name, w.name, bias] : [image.name, w.name];
    return { name: emit.node('Conv', inputs, { ...attributes, group: groups }), shape };
  }
  const seen = columns(emit, x, kernel, geometry);
  const flat = transposed(emit, reshaped(emit, w, [groups, o / groups, perGroup, kernel[0] * kernel[1]]), [0, 1, 3, 2]);
  const weights = reshaped(emit, flat, [groups, o / groups, (c / groups) * kernel[0] * kernel[1]]);
  const product = { name: emit.node('MatMul', [weights.name, seen.name]), shape: [] };
  return withBias(emit, reshaped(emit, product, shape), bias);
}

function withBias(emit: Emitter, { name, shape }: Value, bias?: string): Value {
  if (bias === undefined) return { name, shape };
  return { name: emit.node('Add', [name, emit.node('Reshape', [bias, emit.integers([-1, 1, 1])])]), shape };
}

/** The taps, the last two axes of a kernel, in reverse: a product with the exchange matrix, five times as fast as Slice backwards. */
function backwards(emit: Emitter, kernel: string, count: number, shape: Shape): string {
  if (count === 1) return kernel;
  const exchange = Array.from({ length: count * count }, (_, i) =>
    i % (count - 1) === 0 && i > 0 && i < count * count - 1 ? 1 : 0,
  );
  const flat = emit.node('Reshape', [kernel, emit.integers([-1, count])]);
  const turned = emit.node('MatMul', [flat, emit.floats(exchange, [count, count])]);
  return emit.node('Reshape', [turned, emit.integers(shape)]);
}

/** The kernel of the reversed convolution: taps in reverse, inputs and outputs swapped within each group. */
export function reversedKernel(emit: Emitter, w: Value, groups: number): Value {
  const [o, perGroup, rows, columnCount] = lengths(w.shape);
  const turned = { name: backwards(emit, w.name, rows * columnCount, w.shape), shape: w.shape };
  if (groups === 1) return transposed(emit, turned, [1, 0, 2, 3]);
  const apart = reshaped(emit, turned, [groups, o / groups, perGroup, rows, columnCount]);
  return reshaped(emit, transposed(emit, apart, [0, 2, 1, 3, 4]), [groups * perGroup, o / groups, rows, columnCount]);
}
