/** Windows that tile an image: what max pooling and its mask share. */
import { EstimationError } from '../../error/EstimationError.ts';
import { sizeOf, type Node, type Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import { sizeOfImage, type Pair } from './geometry.ts';
import { tiles, type Window } from './pooling.ts';

export function tiling(kernel: Pair): Window {
  return { kernel, geometry: { stride: kernel, pads: [0, 0, 0, 0], dilation: [1, 1], groups: 1 } };
}

/** Throws an EstimationError (SHAPE) unless the windows tile the image. */
export function checkTiles(op: string, x: Shape, kernel: Pair): void {
  if (x.length < 2 || !tiles(sizeOfImage(x), tiling(kernel))) {
    throw new EstimationError('SHAPE', `${op}: windows of ${kernel.join(' × ')} do not tile ${showShape(x)}.`);
  }
}

/** [M · H', rows, W', columns]: an image cut at the edges of its windows, where M counts all images. */
export function cutShape({ shape }: Node, [rows, columns]: Pair): [number, number, number, number] {
  const w = shape.at(-1) ?? 1;
  return [sizeOf(shape) / (rows * w), rows, w / columns, columns];
}
