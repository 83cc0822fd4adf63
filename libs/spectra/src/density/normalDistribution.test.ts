import { describe, expect, it } from 'vitest';
import { kernels, probability } from './kernels.ts';
import { normalDensity, normalTail } from './normalDistribution.ts';

const normalProbability = (from: number, to: number, sigma: number): number =>
  probability(kernels.gaussian, from, to, sigma);

describe('normalTail', () => {
  it.each([
    // ½ erfc(x / √2) by Python's math.erfc, on both sides of the ends of the three ranges.
    [0, 0.5],
    [0.3, 0.3820885778110474],
    [0.6629, 0.2536973008682368],
    [0.663, 0.2536652770386165],
    [1, 0.15865525393145707],
    [3.5, 0.00023262907903552502],
    [5.6568, 7.71106485697558e-9],
    [5.6569, 7.706575245071418e-9],
    [8, 6.220960574271819e-16],
    [30, 4.906713927148764e-198],
  ])('beyond %d σ is %d', (x, exact) => {
    expect(normalTail(x, 1) / exact).toBeCloseTo(1, 12);
    expect(normalTail(0.01 * x, 0.01) / exact).toBeCloseTo(1, 12);
  });
});

describe('the probability of an interval', () => {
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
