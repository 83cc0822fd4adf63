import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { effectiveRank } from './effectiveRank.ts';

const bare = (dimension: number, nodes: number[], weights: number[]) => ({ dimension, probes: [{ nodes, weights }] });

describe('effectiveRank', () => {
  it.each([
    ['equal sizes', bare(8, [-2, 2], [0.25, 0.75]), 8],
    ['rank one', bare(10, [0, 5], [0.9, 0.1]), 1],
    ['the zero matrix', bare(10, [0], [1]), 0],
    // p = (2/3, 1/3): exp(ln 3 − 2/3 ln 2)
    ['two sizes', bare(2, [1, 2], [0.5, 0.5]), 3 / 2 ** (2 / 3)],
  ])('of %s', (_name, spectrum, exact) => {
    expect(effectiveRank(spectrum).value).toBeCloseTo(exact, 12);
  });

  it('is that of the eigenvalues, within its standard error', () => {
    const eigenvalues = bulkAndOutliers(300, [40, 10]).filter((x) => x !== 0);
    const total = eigenvalues.reduce((sum, x) => sum + Math.abs(x), 0);
    const entropy = eigenvalues.reduce((sum, x) => sum - (Math.abs(x) / total) * Math.log(Math.abs(x) / total), 0);
    const spectrum = { dimension: eigenvalues.length, probes: referenceProbes(eigenvalues, { steps: 40, probes: 20 }) };
    const { value, standardError } = effectiveRank(spectrum);
    expect(standardError).toBeGreaterThan(0);
    expect(Math.abs(value - Math.exp(entropy))).toBeLessThan(4 * (standardError ?? 0));
  });
});
