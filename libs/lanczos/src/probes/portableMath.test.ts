import { describe, expect, it } from 'vitest';
import { naturalLogarithm, pointOnCircle } from './portableMath.ts';

describe('naturalLogarithm', () => {
  it('agrees with Math.log to the last bits', () => {
    for (let i = 1; i < 4000; i++) {
      const x = i % 2 === 0 ? i / 4000 : 2 ** -(i / 100);
      const expected = Math.log(x);
      expect(Math.abs(naturalLogarithm(x) - expected)).toBeLessThanOrEqual(4e-16 * Math.max(Math.abs(expected), 1e-3));
    }
  });

  it('is exact at 1 and close beside it', () => {
    expect(naturalLogarithm(1)).toBe(0);
    expect(naturalLogarithm(1 - 2 ** -33)).toBeCloseTo(Math.log1p(-(2 ** -33)), 25);
  });
});

describe('pointOnCircle', () => {
  it('agrees with Math.cos and Math.sin on the whole circle', () => {
    for (let i = 0; i < 4096; i++) {
      const turn = Math.floor((i / 4096) * 2 ** 32) + (i % 3);
      const angle = (2 * Math.PI * turn) / 2 ** 32;
      const [cosine, sine] = pointOnCircle(turn);
      expect(Math.abs(cosine - Math.cos(angle))).toBeLessThan(1e-15);
      expect(Math.abs(sine - Math.sin(angle))).toBeLessThan(1e-15);
    }
  });

  it('is exact at the four quarters', () => {
    expect([0, 1, 2, 3].map((quarter) => pointOnCircle(quarter * 2 ** 30))).toEqual([
      [1, 0],
      [-0, 1],
      [-1, -0],
      [0, -1],
    ]);
  });
});
