/**
 * Convolution by ONNX Runtime's kernels for images whose channels lie in blocks, [N, C / block, H, W, block]. They need no im2col, and
 * reach 1.4 to 2 times the rate of its Conv on 16 to 64 channels, reordering included. Its optimiser takes them for constant kernels alone.
 */
import type { Emitter, Value } from '../Emitter.ts';
import type { Shape } from '../../graph/Node.ts';
import { lengths, reshaped, transposed } from './onnxImages.ts';

/**
 * Images [N, C, H, W] and kernels [O, C, rows, columns] with C and O multiples of `block`; `attributes` are those of Conv, `shape` that of the
 * result, [N, O, H', W'], whose name it returns, `bias` the name of a value [O].
 */
export function convolveInBlocks(
  emit: Emitter,
  x: Value,
  w: Value,
  attributes: Readonly<Record<string, readonly number[]>>,
  { block, shape, bias }: { readonly block: number; readonly shape: Shape; readonly bias?: string | undefined },
): string {
  const kernels = kernelsInBlocks(emit, w, block);
  const images = emit.intoBlocks(x.name);
  const o = w.shape[0] ?? 1;
  const inputs = bias === undefined ? [images, kernels] : [images, kernels, bias];
  return emit.outOfBlocks(emit.blockedConvolution(inputs, { ...attributes, group: 1 }, shape), o);
}

/** [O, C, taps] as [O / block, C / block, taps, block of C, block of O], by two transpositions that are faster than one of all axes. */
function kernelsInBlocks(emit: Emitter, { name, shape }: Value, block: number): string {
  const [o, c, rows, columns] = lengths(shape);
  const taps = rows * columns;
  const apart = reshaped(emit, { name, shape }, [o / block, block, c * taps]);
  const outputsLast = reshaped(emit, transposed(emit, apart, [0, 2, 1]), [(o * c) / block ** 2, block, taps, block]);
  return reshaped(emit, transposed(emit, outputsLast, [0, 2, 1, 3]), shape).name;
}
