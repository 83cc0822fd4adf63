/** The filter gradient of a convolution in ONNX nodes. */
import type { OnnxEmitter, Value } from '../../engines/onnx/OnnxEmitter.ts';
import { reversedGeometry, sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import { columns as columnsOf, dilated, reshaped, rowsOfColumns, transposed } from './onnxConvolution.ts';

interface Settings {
  readonly kernel: Pair;
  readonly geometry: Geometry;
  readonly columns: 'images' | 'cotangent';
}

/** Σ_n a[n] · b[n]ᵀ for a [N, rows, P] and columns of b: [groups, rows of a / groups, taps · C / groups]. */
function products(emit: OnnxEmitter, a: Value, b: Value, kernel: Pair, geometry: Geometry): Value {
  const [n = 1, rows = 1, ...size] = a.shape;
  const { groups } = geometry;
  const positions = (size[0] ?? 1) * (size[1] ?? 1);
  const width = ((b.shape[1] ?? 1) / groups) * kernel[0] * kernel[1];
  const shape = [groups, rows / groups, width];
  // One product over all images needs their positions in one row; a product per image has to be summed over the images. The
  // first moves rows · positions numbers per image, the second rows · width.
  if (groups === 1 && positions < width) {
    const left = reshaped(emit, transposed(emit, a, [1, 0, 2, 3]), [rows, n * positions]);
    const right = transposed(emit, rowsOfColumns(emit, b, kernel, geometry), [1, 0]);
    return reshaped(emit, { name: emit.node('MatMul', [left.name, right.name]), shape: [rows, width] }, shape);
  }
  const left = reshaped(emit, a, [n, groups, rows / groups, positions]);
  const right = transposed(emit, columnsOf(emit, b, kernel, geometry), [0, 1, 3, 2]);
  const each = emit.node('MatMul', [left.name, right.name]);
  return { name: emit.node('ReduceSum', [each, emit.integers([0])], { keepdims: 0 }), shape };
}

/** Images [N, C, H, W], cotangent [N, O, H', W']; returns the name of [O, C / groups, rows, columns]. */
export function filterGradientOnnx(
  emit: OnnxEmitter,
  x: Value,
  cotangent: Value,
  { kernel, geometry, columns }: Settings,
): string {
  const { groups } = geometry;
  const perGroup = (x.shape[1] ?? 1) / groups;
  const o = cotangent.shape[1] ?? 1;
  const [rows, columnCount] = kernel;
  if (columns === 'images') {
    const flat = products(emit, cotangent, x, kernel, geometry);
    const taps = reshaped(emit, flat, [o, rows * columnCount, perGroup]);
    return reshaped(emit, transposed(emit, taps, [0, 2, 1]), [o, perGroup, rows, columnCount]).name;
  }
  const reversed = reversedGeometry(sizeOfImage(x.shape), kernel, sizeOfImage(cotangent.shape), geometry);
  const flat = products(emit, x, dilated(emit, cotangent, geometry.stride), kernel, reversed);
  const taps = reshaped(emit, flat, [groups, perGroup, rows * columnCount, o / groups]);
  const turned = reshaped(emit, transposed(emit, taps, [0, 3, 1, 2]), [o, perGroup, rows, columnCount]);
  if (rows * columnCount === 1) return turned.name;
  const backwards = [emit.integers([-1, -1]), emit.integers([-rows - 1, -columnCount - 1]), emit.integers([2, 3])];
  return emit.node('Slice', [turned.name, ...backwards, emit.integers([-1, -1])]);
}
