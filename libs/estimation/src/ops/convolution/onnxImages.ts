/** Moving images [N, C, H, W] about in ONNX nodes: what convolutions, their gradients and pooling are put together from. */
import type { Emitter, Value } from '../Emitter.ts';
import type { Shape } from '../../graph/Node.ts';
import { padOnnx } from '../padding.ts';
import { extent, type Geometry, type Pair } from './geometry.ts';

export function lengths([n = 1, c = 1, h = 1, w = 1]: Shape): [number, number, number, number] {
  return [n, c, h, w];
}

export function reshaped(emit: Emitter, { name }: Value, shape: Shape): Value {
  return { name: emit.node('Reshape', [name, emit.integers(shape)]), shape };
}

export function transposed(emit: Emitter, { name, shape }: Value, perm: readonly number[]): Value {
  return { name: emit.node('Transpose', [name], { perm }), shape: perm.map((axis) => shape[axis] ?? 1) };
}

/** Pads rows and columns with zeros; cuts where a number is negative. */
export function padded(emit: Emitter, x: Value, [top, left, bottom, right]: Geometry['pads']): Value {
  return padOnnx(emit, x, { before: [top, left], after: [bottom, right] });
}

/** stride − 1 zeros behind every row and column: the adjoint of taking every stride-th one. */
export function dilated(emit: Emitter, x: Value, [rows, columns]: Pair): Value {
  if (rows === 1 && columns === 1) return x;
  const [n, c, h, w] = lengths(x.shape);
  if (!emit.isDouble && !emit.isWebGpu) {
    // A transposed convolution with a single tap 1, ten times as fast on the CPU as Pad between single elements.
    const channels = reshaped(emit, x, [n * c, 1, h, w]);
    const attributes = { strides: [rows, columns], output_padding: [rows - 1, columns - 1], kernel_shape: [1, 1] };
    const spread = emit.node('ConvTranspose', [channels.name, emit.floats([1], [1, 1, 1, 1])], attributes);
    return reshaped(emit, { name: spread, shape: [] }, [n, c, h * rows, w * columns]);
  }
  const apart = reshaped(emit, x, [n * c * h, 1, w, 1]);
  const filled = padOnnx(emit, apart, { before: [0, 0, 0], after: [rows - 1, 0, columns - 1] });
  return reshaped(emit, filled, [n, c, h * rows, w * columns]);
}

/** What each tap of the kernel sees of the last two axes, as one value per tap. */
export function tapViews(
  emit: Emitter,
  { name, shape }: Value,
  kernel: Pair,
  { stride, dilation }: Geometry,
  out: Pair,
): string[] {
  const axes = emit.integers([shape.length - 2, shape.length - 1]);
  const steps = emit.integers(stride);
  const views: string[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const start: Pair = [i * dilation[0], j * dilation[1]];
      const end = [start[0] + extent(out[0], stride[0]), start[1] + extent(out[1], stride[1])];
      views.push(emit.node('Slice', [name, emit.integers(start), emit.integers(end), axes, steps]));
    }
  }
  return views;
}

/** Lines of images along rows (side 0) or columns (side 1): from every start, `count` of them, `step` apart. */
export function lineViews(
  emit: Emitter,
  { name, shape }: Value,
  lines: { readonly side: 0 | 1; readonly starts: readonly number[]; readonly count: number; readonly step: number },
): string[] {
  const { side, starts, count, step } = lines;
  const axes = emit.integers([shape.length - 2 + side]);
  return starts.map((start) => {
    const end = emit.integers([start + extent(count, step)]);
    return emit.node('Slice', [name, emit.integers([start]), end, axes, emit.integers([step])]);
  });
}
