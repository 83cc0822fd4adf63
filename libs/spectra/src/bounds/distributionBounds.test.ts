import { bulkAndOutliers, gaussians, referenceLanczos, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { wasserstein1 } from '../distance/wasserstein.ts';
import { pooledMeasure } from '../ritz/pooledMeasure.ts';
import { distributionBounds } from './distributionBounds.ts';

const n = 300;
const eigenvalues = bulkAndOutliers(n, [40, 10]);
const grid = Array.from({ length: 600 }, (_, i) => -0.2 + (1.3 * i) / 599);

describe('distributionBounds', () => {
  it('contain the distribution function of a probe without any sampling error', () => {
    const next = gaussians(3);
    const start = eigenvalues.map(() => next());
    const squares = start.reduce((sum, x) => sum + x * x, 0);
    const probe = referenceLanczos(eigenvalues, { steps: 12, start });
    const { lower, upper, sampling } = distributionBounds({ dimension: n, probes: [probe] }, { lambda: grid });
    grid.forEach((x, i) => {
      const exact = eigenvalues.reduce((sum, lambda, j) => sum + (lambda <= x ? (start[j] ?? 0) ** 2 / squares : 0), 0);
      // Take the sampling part off again, but for where it was cut at 0 and 1.
      if ((lower[i] ?? 0) > 0) expect((lower[i] ?? 0) + sampling).toBeLessThanOrEqual(exact + 1e-9);
      if ((upper[i] ?? 1) < 1) expect((upper[i] ?? 1) - sampling).toBeGreaterThanOrEqual(exact - 1e-9);
    });
  });

  it('hold for at least as many seeds as they say', () => {
    const exact = { nodes: Float64Array.from(eigenvalues), weights: new Float64Array(n).fill(1 / n) };
    let violations = 0;
    for (let seed = 0; seed < 40; seed++) {
      const spectrum = {
        dimension: n,
        probes: referenceProbes(eigenvalues, { steps: 12, probes: 4, seed: 77 + seed }),
      };
      const bounds = distributionBounds(spectrum, { lambda: grid, failure: 0.2 });
      const outside = grid.some((x, i) => {
        const share = eigenvalues.filter((lambda) => lambda <= x).length / n;
        return share < (bounds.lower[i] ?? 0) - 1e-12 || share > (bounds.upper[i] ?? 1) + 1e-12;
      });
      const distance = wasserstein1(pooledMeasure(spectrum, 'plain'), exact);
      if (outside || distance > bounds.wasserstein1) violations++;
    }
    expect(violations).toBeLessThanOrEqual(0.2 * 40);
  });

  it('tighten with steps and with probes', () => {
    const bounds = (steps: number, probes: number) =>
      distributionBounds({ dimension: n, probes: referenceProbes(eigenvalues, { steps, probes }) });
    expect(bounds(40, 2).kolmogorovSmirnov).toBeLessThan(bounds(10, 2).kolmogorovSmirnov);
    expect(bounds(10, 40).sampling).toBeCloseTo(bounds(10, 10).sampling / 2, 12);
    expect(bounds(10, 1).sampling).toBeCloseTo(Math.sqrt(Math.log(600 / 0.05) / 302), 12);
  });

  it('have no quadrature error where the Krylov space is invariant', () => {
    const whole = { dimension: 20, probes: referenceProbes(bulkAndOutliers(20, [5]), { steps: 20, probes: 2 }) };
    const { kolmogorovSmirnov, sampling } = distributionBounds(whole);
    expect(kolmogorovSmirnov).toBe(Math.min(1, sampling));
  });

  it('are JSON, and accept nodes and weights alone', () => {
    const bare = { dimension: 9, probes: [{ nodes: [0, 1], weights: [0.5, 0.5] }] };
    const bounds = distributionBounds(bare, { lambda: [0.5] });
    expect(JSON.parse(JSON.stringify(bounds))).toEqual(bounds);
    expect(bounds.upper).toEqual([1]);
  });

  it.each([0, 1, -0.1, NaN])('refuse the failure probability %d', (failure) => {
    const spectrum = { dimension: 9, probes: [{ nodes: [0, 1], weights: [0.5, 0.5] }] };
    expect(() => distributionBounds(spectrum, { failure })).toThrow(`between 0 and 1, got ${failure}`);
  });
});
