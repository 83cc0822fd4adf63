/**
 * The size of a block in ONNX Runtime's layout NCHWc, [N, C / block, H, W, block], in which its fastest convolutions compute. It depends on the
 * machine's vector registers and only the kernels reveal it: one reorders an image whose values count through its channels.
 */
import type { Tensors } from '../Engine.ts';
import { OnnxEmitter } from './OnnxEmitter.ts';

/** A multiple of every block there is. */
const channels = 64;
const positions = 2;

/** Two positions a channel: in blocks, the second position of channel 0 follows the first position of all of its block. */
export function channelBlockTest(): { readonly model: Uint8Array; readonly feeds: Tensors } {
  const shape = [1, channels, 1, positions];
  const data = Float32Array.from({ length: channels * positions }, (_, i) => i);
  return { model: OnnxEmitter.reordering(shape), feeds: { images: { shape, data } } };
}

/** From the outputs of the test; null where the values are not ordered in blocks. */
export function channelBlockOf(outputs: Tensors): number | null {
  const values = Array.from(outputs['reordered']?.data ?? []);
  const block = values.indexOf(1);
  const inBlocks = values.every((value, i) => {
    const [within, position, part] = [i % block, Math.floor(i / block) % positions, Math.floor(i / block / positions)];
    return value === (part * block + within) * positions + position;
  });
  return block > 1 && values.length === channels * positions && inBlocks ? block : null;
}
