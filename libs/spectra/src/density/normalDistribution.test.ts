import { describe, expect, it } from 'vitest';
import { normalDensity, normalProbability } from './normalDistribution.ts';

describe('normalProbability', () => {
  it.each([
    // Φ from tables of the normal distribution to 15 digits.
    [-Infinity, 0, 0.5],
    [-1, 1, 0.682689492137086],
    [-1.959963984540054, 1.959963984540054, 0.95],
    [-3, 3, 0.99730020393674],
    [6, Infinity, 9.865876450376981e-10],
    [-Infinity, -10, 7.619853024160525e-24],
  ])('of [%d, %d] is %d', (from, to, exact) => {
    const clipped = (x: number): number => Math.max(-38, Math.min(38, x));
    expect(normalProbability(clipped(from), clipped(to), 1) / exact).toBeCloseTo(1, 12);
    expect(normalProbability(3 * clipped(from), 3 * clipped(to), 3) / exact).toBeCloseTo(1, 12);
  });

  it('is the integral of the density', () => {
    let sum = 0;
    const h = 1e-3;
    for (let x = -1 + h / 2; x < 2.5; x += h) sum += h * normalDensity(x, 0.7);
    expect(sum).toBeCloseTo(normalProbability(-1, 2.5, 0.7), 6);
  });
});
