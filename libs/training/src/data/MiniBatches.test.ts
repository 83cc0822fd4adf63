import { describe, expect, it } from 'vitest';
import type { DataSet } from './DataSet.ts';
import { MiniBatches } from './MiniBatches.ts';

const data: DataSet = {
  name: 'numbered',
  inputs: Float32Array.from({ length: 20 }, (_, i) => i),
  labels: Int32Array.from({ length: 10 }, (_, i) => i),
  inputShape: [2],
  classes: 10,
};

describe('MiniBatches', () => {
  it('shows every example at most once in an epoch, with its own label', () => {
    const batches = new MiniBatches(data, { size: 3, seed: 1, precision: 'float32' });
    expect(batches.perEpoch).toBe(3);
    for (let epoch = 0; epoch < 4; epoch++) {
      const seen: number[] = [];
      for (let batch = 0; batch < 3; batch++) {
        const { inputs, labels } = batches.next();
        expect([...inputs]).toEqual([...labels].flatMap((label) => [2 * label, 2 * label + 1]));
        seen.push(...labels);
      }
      expect(new Set(seen).size).toBe(9);
    }
  });

  it('draws another order at every epoch, the same for the same seed', () => {
    const orders = (seed: number): string[] => {
      const batches = new MiniBatches(data, { size: 10, seed: seed, precision: 'float32' });
      return [0, 1, 2].map(() => batches.next().labels.join());
    };
    expect(new Set(orders(1)).size).toBe(3);
    expect(orders(1)).toEqual(orders(1));
    expect(orders(1)).not.toEqual(orders(2));
  });

  it('gives float64 to an engine that computes in it', () => {
    expect(new MiniBatches(data, { size: 2, seed: 1, precision: 'float64' }).next().inputs).toBeInstanceOf(
      Float64Array,
    );
    expect(new MiniBatches(data, { size: 2, seed: 1, precision: 'float32' }).next().inputs).toBeInstanceOf(
      Float32Array,
    );
  });

  it('goes on, after skipping, with the batches that come then', () => {
    const whole = new MiniBatches(data, { size: 3, seed: 1, precision: 'float32' });
    const skipped = new MiniBatches(data, { size: 3, seed: 1, precision: 'float32' });
    for (let batch = 0; batch < 5; batch++) whole.next();
    skipped.skip(5);
    for (let batch = 0; batch < 5; batch++) expect(skipped.next()).toEqual(whole.next());
  });
});
