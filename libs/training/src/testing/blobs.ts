/** A small learnable data set: Gaussian-like clouds around one centre per class. */
import type { DataSet, SplitDataSet } from '../data/DataSet.ts';
import { randomStream } from '../data/randomStream.ts';

export const features = 8;
export const classes = 3;

function part(name: string, examples: number, seed: number): DataSet {
  const stream = randomStream(seed, 'order');
  const noise = (): number => stream.next() + stream.next() + stream.next() - 1.5;
  const labels = Int32Array.from({ length: examples }, (_, i) => i % classes);
  const inputs = Float32Array.from({ length: examples * features }, (_, at) => {
    const label = Math.floor(at / features) % classes;
    return 1.2 * Math.sin(1 + 7 * label + (at % features) * (label + 1)) + noise();
  });
  return { name, inputs, labels, inputShape: [features], classes };
}

export function blobs(): SplitDataSet {
  return { train: part('blobs-train', 240, 1), test: part('blobs-test', 90, 2) };
}
