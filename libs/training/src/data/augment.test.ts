import { describe, expect, it } from 'vitest';
import { augmentImages } from './augment.ts';

const shape = [2, 9, 9];
const size = 2 * 81;

/** Images of one bright pixel in the middle, twice as bright in the second channel. */
function dots(count: number): Float32Array {
  const inputs = new Float32Array(count * size);
  for (let image = 0; image < count; image++) {
    inputs[image * size + 40] = 1;
    inputs[image * size + 81 + 40] = 2;
  }
  return inputs;
}

describe('augmentImages', () => {
  it('moves all channels of an image alike, by at most four pixels, everywhere equally often', () => {
    const inputs = dots(4000);
    augmentImages(inputs, shape, 1, 0);
    const counts = new Array<number>(81).fill(0);
    for (let image = 0; image < 4000; image++) {
      const first = inputs.subarray(image * size, image * size + 81).indexOf(1);
      expect(inputs.subarray(image * size + 81, (image + 1) * size).indexOf(2)).toBe(first);
      counts[first] = (counts[first] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(20);
    expect(Math.max(...counts)).toBeLessThan(90);
  });

  it('mirrors about half of the images', () => {
    const inputs = new Float32Array(1000 * 3);
    for (let image = 0; image < 1000; image++) inputs.set([1, 2, 3], image * 3);
    augmentImages(inputs, [1, 1, 3], 5, 0);
    let [mirrored, straight] = [0, 0];
    for (let image = 0; image < 1000; image++) {
      const [a = 0, b = 0, c = 0] = inputs.subarray(image * 3);
      if (a === 3 || (b === 3 && c === 2) || (b === 2 && a === 3) || (c === 1 && b === 2)) mirrored++;
      else if (a === 1 || c === 3 || (a === 2 && b === 3)) straight++;
    }
    expect(mirrored).toBeGreaterThan(20);
    expect(straight).toBeGreaterThan(20);
  });

  it('is a function of seed and step', () => {
    const of = (seed: number, step: number): Float32Array => {
      const inputs = dots(20);
      augmentImages(inputs, shape, seed, step);
      return inputs;
    };
    expect(of(1, 7)).toEqual(of(1, 7));
    expect(of(1, 7)).not.toEqual(of(1, 8));
    expect(of(1, 7)).not.toEqual(of(2, 7));
  });
});
