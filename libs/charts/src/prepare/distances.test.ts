import { describe, expect, it } from 'vitest';
import { clusterOrder, distanceMatrix } from './distances.ts';

const at = (node: number) => ({ dimension: 10, probes: [{ nodes: [node], weights: [1] }] });

describe('distanceMatrix', () => {
  const matrix = distanceMatrix([at(1), at(10), at(2), at(12)]);

  it('holds the distances that mass must move', () => {
    expect(matrix.distance).toEqual([
      [0, 9, 1, 11],
      [9, 0, 8, 2],
      [1, 8, 0, 10],
      [11, 2, 10, 0],
    ]);
    expect(matrix.largest).toBe(11);
  });

  it('puts like beside like, the close ends of two groups together', () => {
    const line = matrix.order.map((index) => [1, 10, 2, 12][index]);
    expect([line.join(), line.toReversed().join()]).toContain('1,2,10,12');
  });

  it('takes one spectrum or none', () => {
    expect(distanceMatrix([at(3)])).toEqual({ order: [0], distance: [[0]], largest: 0 });
    expect(clusterOrder([])).toEqual([]);
  });
});
