import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantiles } from './quantiles.ts';

describe('quantiles', () => {
  const n = 300;
  const eigenvalues = bulkAndOutliers(n, [40, 10]);
  const spectrum = { dimension: n, probes: referenceProbes(eigenvalues, { steps: 30, probes: 20 }) };

  it('are those of the eigenvalues, within their standard error', () => {
    for (const { probability, value, standardError } of quantiles(spectrum, [0.05, 0.25, 0.5, 0.75, 0.95])) {
      const exact = eigenvalues[Math.ceil(probability * n) - 1] ?? NaN;
      expect(standardError).toBeGreaterThan(0);
      expect(Math.abs(value - exact)).toBeLessThan(4 * (standardError ?? 0));
      expect(standardError).toBeLessThan(0.03);
    }
  });

  it('of outliers are exact', () => {
    const [second, first] = quantiles(spectrum, [1 - 1.5 / n, 1]);
    expect(second?.value).toBeCloseTo(10, 6);
    expect(first?.value).toBeCloseTo(40, 8);
  });

  it('never fall as the probability grows, and stay within the extremes', () => {
    const levels = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(levels, (probabilities) => {
        const sorted = [...probabilities].sort((a, b) => a - b);
        const values = quantiles(spectrum, sorted).map(({ value }) => value);
        values.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? -0.11);
          expect(value).toBeLessThanOrEqual(40.001);
        });
      }),
      { numRuns: 20, seed: 9 },
    );
  });

  it('of nodes and weights spread each weight halfway to its neighbours', () => {
    const bare = { dimension: 10, probes: [{ nodes: [1, 2, 4], weights: [0.2, 0.2, 0.6] }] };
    const found = quantiles(bare, [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1]);
    expect(found.map(({ value }) => Number(value.toFixed(12)))).toEqual([1, 1, 1.5, 2, 3, 4, 4]);
    expect(found[0]?.standardError).toBeNull();
  });

  it('know an eigenvalue that fills a share of the spectrum as a point', () => {
    const repeated = [...new Array<number>(150).fill(0), ...bulkAndOutliers(150, [5]).map((x) => x + 0.2)];
    const measured = { dimension: 300, probes: referenceProbes(repeated, { steps: 30, probes: 10 }) };
    const [inside, above] = quantiles(measured, [0.4, 0.6]);
    expect(inside?.value).toBeCloseTo(0, 9);
    expect(above?.value).toBeGreaterThan(0.2);
  });

  it.each([-0.1, 1.1, NaN])('refuse %d', (probability) => {
    expect(() => quantiles(spectrum, [0.5, probability])).toThrow(`from 0 to 1, got ${probability}`);
  });
});
