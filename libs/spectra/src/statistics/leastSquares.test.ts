import { describe, expect, it } from 'vitest';
import { leastSquares } from './leastSquares.ts';

describe('leastSquares', () => {
  it('is the line of points on a line', () => {
    const line = leastSquares([-1, 0, 4].map((x) => [x, 3 - 2 * x] as const));
    expect(line.slope).toBeCloseTo(-2, 12);
    expect(line.intercept).toBeCloseTo(3, 12);
  });

  it('minimises the squared distances', () => {
    // Normal equations of (0, 0), (1, 2), (2, 1): slope 1/2, intercept 1/2.
    const { slope, intercept } = leastSquares([
      [0, 0],
      [1, 2],
      [2, 1],
    ]);
    expect([slope, intercept]).toEqual([0.5, 0.5]);
  });

  it('has no slope where x does not vary', () => {
    expect(
      leastSquares([
        [1, 0],
        [1, 2],
      ]).slope,
    ).toBeNaN();
  });
});
