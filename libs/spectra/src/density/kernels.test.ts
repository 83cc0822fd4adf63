import { describe, expect, it } from 'vitest';
import { kernels, probability, type KernelName } from './kernels.ts';

describe.each(Object.keys(kernels) as KernelName[])('%s', (name) => {
  const kernel = kernels[name];
  const sigma = 0.3;
  const h = 1e-3;
  const points = Array.from({ length: 2 * Math.ceil((8 * sigma) / h) }, (_, i) => (i + 0.5) * h - 8 * sigma);
  const integral = (f: (x: number) => number): number =>
    points.reduce((sum, x) => sum + h * f(x) * kernel.density(x, sigma), 0);

  it('has mass 1, mean 0 and standard deviation σ', () => {
    expect(integral(() => 1)).toBeCloseTo(1, 6);
    expect(integral((x) => x)).toBeCloseTo(0, 9);
    expect(integral((x) => x * x)).toBeCloseTo(sigma ** 2, 6);
  });

  it('has the probability of an interval as its integral', () => {
    const [from, to] = [-0.4, 0.15];
    expect(probability(kernel, from, to, sigma)).toBeCloseTo(
      integral((x) => (x >= from && x < to ? 1 : 0)),
      3,
    );
    const end = kernel.reach * sigma;
    expect(probability(kernel, -end, end, sigma)).toBeCloseTo(1, 12);
    expect(kernel.density(end * 1.0001, sigma)).toBeLessThan(1e-13);
  });
});
