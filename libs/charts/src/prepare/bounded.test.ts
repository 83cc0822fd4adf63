import { describe, expect, it } from 'vitest';
import { bounded } from './bounded.ts';

describe('bounded', () => {
  const share = { id: 'a', label: 'a', style: 0, x: [0, 10, 20, 30], y: [0.5, 0.1, null, 0.3] };
  const errors = new Map<number, number | null>([
    [0, 0.2],
    [10, 0.2],
    [20, 0.2],
    [30, null],
  ]);

  it('has bars where value and error are known, cut where no value can be', () => {
    const { lower, upper } = bounded(share, (x) => errors.get(x), 0);
    expect(lower?.map((end) => end && Number(end.toFixed(9)))).toEqual([0.3, 0, null, null]);
    expect(upper?.map((end) => end && Number(end.toFixed(9)))).toEqual([0.7, 0.3, null, null]);
  });
});
