import { bulkAndOutliers, gaussians, referenceLanczos } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quadrature, ritzDecomposition } from './ritzDecomposition.ts';

/** Recurrence coefficients of the Legendre polynomials on [-1, 1] with the uniform measure: β_j = j / √(4j² − 1). */
function legendre(m: number): { alpha: number[]; beta: number[] } {
  return {
    alpha: new Array<number>(m).fill(0),
    beta: Array.from({ length: m }, (_, j) => (j + 1) / Math.sqrt(4 * (j + 1) ** 2 - 1)),
  };
}

describe('ritzDecomposition', () => {
  it.each([1, 2, 5, 12])('of %i Legendre coefficients integrates polynomials of degree ≤ 2m − 1 exactly', (m) => {
    const { values, weights } = ritzDecomposition(legendre(m));
    const integral = (degree: number): number => values.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** degree, 0);
    for (let degree = 0; degree < 2 * m; degree++) {
      expect(integral(degree)).toBeCloseTo(degree % 2 === 0 ? 1 / (degree + 1) : 0, 14);
    }
    // And no further: that would be another rule.
    expect(Math.abs(integral(2 * m) - 1 / (2 * m + 1))).toBeGreaterThan(1e-9);
  });

  it('integrates every polynomial of degree ≤ 2m − 1 over the measure of any start vector', () => {
    const cases = fc.record({
      eigenvalues: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 30 }),
      m: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ eigenvalues, m, seed }) => {
        const next = gaussians(seed);
        const start = eigenvalues.map(() => next());
        const squares = start.reduce((sum, x) => sum + x * x, 0);
        const probe = referenceLanczos(eigenvalues, { steps: m, start });
        const { values, weights } = ritzDecomposition(probe);
        for (let degree = 0; degree < 2 * m; degree++) {
          const exact = eigenvalues.reduce((sum, x, i) => sum + ((start[i] ?? 0) ** 2 / squares) * x ** degree, 0);
          const estimate = values.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** degree, 0);
          expect(Math.abs(estimate - exact)).toBeLessThan(1e-11);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('has residuals within which an eigenvalue lies', () => {
    const eigenvalues = bulkAndOutliers(80, [9, 4]);
    const next = gaussians(2);
    const probe = referenceLanczos(eigenvalues, { steps: 15, start: eigenvalues.map(() => next()) });
    const { values, residuals } = ritzDecomposition(probe);
    values.forEach((value, i) => {
      const distance = Math.min(...eigenvalues.map((exact) => Math.abs(exact - value)));
      expect(distance).toBeLessThanOrEqual((residuals?.[i] ?? NaN) + 1e-12);
    });
    expect(residuals?.at(-1)).toBeLessThan(1e-6);
  });

  it('knows no residuals without the last β', () => {
    const { alpha, beta } = legendre(4);
    const cut = ritzDecomposition({ alpha, beta: beta.slice(0, 3) });
    expect(cut.residuals).toBeNull();
    expect(cut.values).toEqual(ritzDecomposition({ alpha, beta }).values);
  });
});

describe('quadrature', () => {
  it('sorts nodes and scales weights to a sum of 1', () => {
    const { nodes, weights, residuals } = quadrature({ nodes: [3, 1, 2], weights: [0.5, 0.25, 0.2495] });
    expect([...nodes]).toEqual([1, 2, 3]);
    expect([...weights].map((w) => w * 0.9995)).toEqual(
      [0.25, 0.2495, 0.5].map((w) => expect.closeTo(w, 14) as number),
    );
    expect(residuals).toBeNull();
  });
});
