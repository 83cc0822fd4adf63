/** Small images of two classes: a bright upper or a bright lower half, in noise; three colours of different scale. */
import type { DataSet, SplitDataSet } from '../data/DataSet.ts';
import { randomStream } from '../data/randomStream.ts';

export const side = 8;

function part(name: string, count: number, seed: number): DataSet {
  const stream = randomStream(seed, 'order');
  const plane = side * side;
  const inputs = new Float32Array(count * 3 * plane);
  const labels = Int32Array.from({ length: count }, (_, image) => image % 2);
  for (let i = 0; i < inputs.length; i++) {
    const upper = i % plane < plane / 2;
    const colour = Math.floor(i / plane) % 3;
    const bright = upper === (labels[Math.floor(i / (3 * plane))] === 0);
    inputs[i] = (colour + 1) * ((bright ? 0.5 : -0.5) + 2 * stream.next() - 1);
  }
  return { name, inputs, labels, inputShape: [3, side, side], classes: 2 };
}

export function halves(): SplitDataSet {
  return { train: part('halves-train', 64, 1), test: part('halves-test', 32, 2) };
}
