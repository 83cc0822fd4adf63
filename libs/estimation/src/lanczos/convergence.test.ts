import { describe, expect, it } from 'vitest';
import { wassersteinDistance } from './convergence.ts';

describe('wassersteinDistance', () => {
  it('is the distance of two points', () => {
    expect(wassersteinDistance([{ node: 1, weight: 1 }], [{ node: 3.5, weight: 1 }])).toBe(2.5);
  });

  it('is mass times way', () => {
    const a = [
      { node: 0, weight: 0.25 },
      { node: 1, weight: 0.75 },
    ];
    const b = [
      { node: 0, weight: 0.5 },
      { node: 3, weight: 0.5 },
    ];
    // 0.25 from 1 to 0, 0.5 from 1 to 3.
    expect(wassersteinDistance(a, b)).toBeCloseTo(1.25, 15);
    expect(wassersteinDistance(b, a)).toBeCloseTo(1.25, 15);
  });

  it('is 0 for the same measure in another order', () => {
    const a = [
      { node: 2, weight: 0.5 },
      { node: -1, weight: 0.5 },
    ];
    expect(wassersteinDistance(a, [...a].reverse())).toBe(0);
  });
});
