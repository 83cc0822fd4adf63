/** The filter gradient of a convolution in ONNX nodes. */
import type { Emitter, Value } from '../Emitter.ts';
import { reversedGeometry, sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import { columns as columnsOf, rowsOfColumns, type TapOrder } from './onnxConvolution.ts';
import { dilated, reshaped, transposed } from './onnxImages.ts';
import { splitsTaps, splitTapProducts } from './onnxSplitTaps.ts';

interface Settings {
  readonly kernel: Pair;
  readonly geometry: Geometry;
  readonly columns: 'images' | 'cotangent';
}

/** Σ_n a[n] · b[n]ᵀ for a [N, rows, P] and columns of b: [groups, rows of a / groups, taps · C / groups]. */
function products(emit: Emitter, a: Value, b: Value, kernel: Pair, geometry: Geometry, order: TapOrder): Value {
  const [n = 1, rows = 1, ...size] = a.shape;
  const { groups } = geometry;
  const positions = (size[0] ?? 1) * (size[1] ?? 1);
  if (splitsTaps(rows, b.shape[1] ?? 1, kernel, geometry)) {
    return splitTapProducts(emit, a, b, { kernel, geometry, order });
  }
  const width = ((b.shape[1] ?? 1) / groups) * kernel[0] * kernel[1];
  const shape = [groups, rows / groups, width];
  // One product over all images needs their positions in one row; a product per image has to be summed over the images. The
  // first moves rows · positions numbers per image, the second rows · width.
  if (groups === 1 && positions < width) {
    const left = reshaped(emit, transposed(emit, a, [1, 0, 2, 3]), [rows, n * positions]);
    const right = transposed(emit, rowsOfColumns(emit, b, kernel, geometry, order), [1, 0]);
    return reshaped(emit, { name: emit.node('MatMul', [left.name, right.name]), shape: [rows, width] }, shape);
  }
  const left = reshaped(emit, a, [n, groups, rows / groups, positions]);
  const right = transposed(emit, columnsOf(emit, b, kernel, geometry, order), [0, 1, 3, 2]);
  const each = emit.node('MatMul', [left.name, right.name]);
  return { name: emit.node('ReduceSum', [each, emit.integers([0])], { keepdims: 0 }), shape };
}

/** Images [N, C, H, W], cotangent [N, O, H', W']; returns the name of [O, C / groups, rows, columns]. */
export function filterGradientOnnx(
  emit: Emitter,
  x: Value,
  cotangent: Value,
  { kernel, geometry, columns }: Settings,
): string {
  const { groups } = geometry;
  const perGroup = (x.shape[1] ?? 1) / groups;
  const o = cotangent.shape[1] ?? 1;
  const [rows, columnCount] = kernel;
  const taps = rows * columnCount;
  const shape = [o, perGroup, rows, columnCount];
  if (columns === 'images') {
    const flat = reshaped(emit, products(emit, cotangent, x, kernel, geometry, 'forwards'), [o, taps, perGroup]);
    return reshaped(emit, transposed(emit, flat, [0, 2, 1]), shape).name;
  }
  const reversed = reversedGeometry(sizeOfImage(x.shape), kernel, sizeOfImage(cotangent.shape), geometry);
  const spread = dilated(emit, cotangent, geometry.stride);
  const flat = products(emit, x, spread, kernel, reversed, 'backwards');
  const apart = reshaped(emit, flat, [groups, perGroup * taps, o / groups]);
  return reshaped(emit, transposed(emit, apart, [0, 2, 1]), shape).name;
}
