/**
 * The products of a filter gradient with the taps of the kernel divided between both operands: a tap (i, j) multiplies a, moved by i rows,
 * with b, moved by j columns. That makes rows · |a| + columns · |b| copies, where im2col makes rows · columns · |b|, and multiplies matrices
 * that are nearer to squares.
 */
import type { Emitter, Value } from '../Emitter.ts';
import { sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import { tapStarts, type TapOrder } from './onnxConvolution.ts';
import { lineViews, padded, reshaped, transposed } from './onnxImages.ts';

/** Whether there is less to copy than by im2col of b; only for one group and a stride of 1 along the rows, where a can move. */
export function splitsTaps(rows: number, channels: number, kernel: Pair, { groups, stride }: Geometry): boolean {
  return groups === 1 && stride[0] === 1 && kernel[0] > 1 && rows < kernel[1] * channels;
}

/** Σ_n a[n] · b[n]ᵀ for a [N, A, H', W'] and what the taps see of b [N, B, H, W]: [1, A, taps · B]. */
export function splitTapProducts(
  emit: Emitter,
  a: Value,
  b: Value,
  settings: { readonly kernel: Pair; readonly geometry: Geometry; readonly order: TapOrder },
): Value {
  const { kernel, geometry, order } = settings;
  const { pads, dilation, stride } = geometry;
  const [top, left, bottom, right] = pads;
  const [n = 1, rows = 1] = a.shape;
  const channels = b.shape[1] ?? 1;
  const size: Pair = [sizeOfImage(b.shape)[0], sizeOfImage(a.shape)[1]];
  const positions = size[0] * size[1];
  // One product over all images needs their positions in one row, which moves the first numbers per image; a product per image has to be
  // summed over the images, which moves the second.
  const inOneRow = (rows + channels) * positions < rows * channels * kernel[0] * kernel[1];
  const [first, second] = inOneRow ? [a, b].map((images) => transposed(emit, images, [1, 0, 2, 3])) : [a, b];
  const flat = (name: string, many: number): Value =>
    reshaped(emit, { name, shape: [] }, inOneRow ? [many, n * positions] : [n, many, positions]);

  const reach = dilation[0] * (kernel[0] - 1);
  const moved = lineViews(emit, padded(emit, first ?? a, [reach - top, 0, reach - bottom, 0]), {
    side: 0,
    starts: tapStarts(0, kernel, dilation, order).map((start) => reach - start),
    count: size[0],
    step: 1,
  });
  const joined = flat(emit.node('Concat', moved, { axis: inOneRow ? 0 : 1 }), kernel[0] * rows);
  const columns = { side: 1, starts: tapStarts(1, kernel, dilation, order), count: size[1], step: stride[1] } as const;
  const parts = lineViews(emit, padded(emit, second ?? b, [0, left, 0, right]), columns).map((view) => {
    const taken = transposed(emit, flat(view, channels), inOneRow ? [1, 0] : [0, 2, 1]);
    const product = emit.node('MatMul', [joined.name, taken.name]);
    const sum = inOneRow ? product : emit.node('ReduceSum', [product, emit.integers([0])], { keepdims: 0 });
    return reshaped(emit, { name: sum, shape: [] }, [kernel[0], rows, 1, channels]).name;
  });
  const all = { name: emit.node('Concat', parts, { axis: 2 }), shape: [kernel[0], rows, kernel[1], channels] };
  return reshaped(emit, transposed(emit, all, [1, 0, 2, 3]), [1, rows, kernel[0] * kernel[1] * channels]);
}
