/** Random shifts and flips of images, for training only: a Hessian is taken over the images as they are. */
import { randomStream } from './randomStream.ts';

/** Largest shift in each direction, in pixels. */
const reach = 4;

/**
 * Shifts each image by up to four pixels each way (padding with 0) and flips half of them, in place
 * (He, Zhang, Ren and Sun, CVPR 2016, §4.2). `inputs` [N, channels, rows, columns]; a function of (seed, step).
 */
export function augmentImages(
  inputs: Float32Array | Float64Array,
  [channels = 1, rows = 1, columns = 1]: readonly number[],
  seed: number,
  step: number,
): void {
  const stream = randomStream(seed, 'augmentation', step + 1);
  const plane = rows * columns;
  const original = new Float64Array(plane);
  const shift = (): number => Math.floor(stream.next() * (2 * reach + 1)) - reach;
  for (let image = 0; image < inputs.length; image += channels * plane) {
    const down = shift();
    const right = shift();
    const mirrored = stream.next() < 0.5;
    for (let start = image; start < image + channels * plane; start += plane) {
      original.set(inputs.subarray(start, start + plane));
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const fromRow = row - down;
          const fromColumn = (mirrored ? columns - 1 - column : column) - right;
          const inside = fromRow >= 0 && fromRow < rows && fromColumn >= 0 && fromColumn < columns;
          inputs[start + row * columns + column] = inside ? (original[fromRow * columns + fromColumn] as number) : 0;
        }
      }
    }
  }
}
