/**
 * Convolution by ONNX Runtime's kernels for images whose channels lie in blocks, [N, C / block, H, W, block]. They need no im2col, and
 * reach 1.4 to 2 times the rate of its Conv on 16 to 64 channels, reordering included. Its optimiser takes them for constant kernels alone.
 */
import type { OnnxEmitter, Value } from '../../engines/onnx/OnnxEmitter.ts';

/**
 * Images [N, C, H, W] and kernels [O, C, rows, columns] with C and O multiples of `block`; `attributes` are those of Conv, `bias` the name of a
 * value [O]. Returns the name of [N, O, H', W'].
 */
export function convolveInBlocks(
  emit: OnnxEmitter,
  x: Value,
  w: Value,
  attributes: Readonly<Record<string, readonly number[]>>,
  block: number,
  bias?: string,
): string {
  const [o = 1, c = 1, ...taps] = w.shape;
  const apart = emit.node('Reshape', [w.name, emit.integers([o / block, block, c / block, block, ...taps])]);
  const inBlocks = emit.node('Transpose', [apart], { perm: [0, 2, 4, 5, 3, 1] });
  const kernels = emit.node('Reshape', [inBlocks, emit.integers(w.shape)]);
  const images = emit.blockedNode('ReorderInput', [x.name]);
  const inputs = bias === undefined ? [images, kernels] : [images, kernels, bias];
  return emit.blockedNode('ReorderOutput', [emit.blockedNode('Conv', inputs, { ...attributes, group: 1 })], {
    channels: o,
  });
}
