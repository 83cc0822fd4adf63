import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { outlierError } from './outlierError.ts';

const n = 300;
const eigenvalues = bulkAndOutliers(n, [40, 20]);
const exact = { dimension: n, probes: [{ nodes: eigenvalues, weights: eigenvalues.map(() => 1 / n) }] };

describe('outlierError', () => {
  it('is what is wrong with the outliers, in units of their mass', () => {
    const without = { dimension: n, probes: [{ nodes: [0, 40], weights: [1 - 1 / n, 1 / n] }] };
    expect(outlierError(exact, exact)).toBe(0);
    expect(outlierError(without, exact)).toBeCloseTo(1 / 2, 3);
  });

  it('of the variance-reduced quadrature is none, of the plain one it is large', () => {
    const spectrum = { dimension: n, probes: referenceProbes(eigenvalues, { steps: 30, probes: 2 }) };
    expect(outlierError(spectrum, exact)).toBeLessThan(1e-6);
    expect(outlierError(spectrum, exact, { method: 'plain' })).toBeGreaterThan(0.1);
  });

  it('has no meaning for the zero matrix', () => {
    const zero = { dimension: 5, probes: [{ alpha: [0], beta: [0] }] };
    expect(() => outlierError(zero, zero)).toThrow('every eigenvalue of the reference is 0');
  });
});
