import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { bulkAndOutliers, DenseOperator, withSpectrum } from '../testing/denseOperator.ts';
import { exactSpectrum } from './exactSpectrum.ts';

const n = 37;
const spectrum = bulkAndOutliers(n, [12, 5]);
const { matrix, basis } = withSpectrum(spectrum);

describe('exactSpectrum', () => {
  it.each([1, 16, 37, 64])('finds all eigenvalues with %i vectors per call', async (vectorsPerCall) => {
    const operator = new DenseOperator(matrix);
    const { eigenvalues, asymmetry, hvpCount } = await exactSpectrum(operator, { vectorsPerCall });
    [...spectrum].reverse().forEach((exact, i) => expect(eigenvalues[i]).toBeCloseTo(exact, 12));
    expect(asymmetry).toBeLessThan(1e-15);
    expect(hvpCount).toBe(n);
    expect(new Set(operator.calls)).toEqual(new Set([vectorsPerCall]));
  });

  it('projects vectors on the eigenvectors', async () => {
    const gradient = lcg(1).uniform(n);
    const { projections } = await exactSpectrum(new DenseOperator(matrix), { project: [gradient] });
    const exact = (row: Float64Array): number => row.reduce((sum, x, i) => sum + x * (gradient[i] ?? 0), 0) ** 2;
    expect((projections[0]?.at(-1) ?? 0) ** 2).toBeCloseTo(exact(basis[0] ?? new Float64Array()), 12);
    expect((projections[0]?.at(-2) ?? 0) ** 2).toBeCloseTo(exact(basis[1] ?? new Float64Array()), 12);
  });

  it('says how asymmetric the matrix is', async () => {
    const skew = new DenseOperator(Float64Array.from([1, 0.5, 0, 1]));
    const { asymmetry, eigenvalues } = await exactSpectrum(skew);
    expect(asymmetry).toBeCloseTo(Math.sqrt(0.5 / 2.25), 14);
    expect([...eigenvalues]).toEqual([0.75, 1.25]);
  });

  it('names the place of a number that is not finite', async () => {
    const bad: LinearOperator = {
      dimension: 5,
      apply: (vectors, k) => {
        const products = vectors.slice();
        if (k === 2 && vectors[2] === 1) products[4] = Number.NaN;
        return Promise.resolve(products);
      },
    };
    await expect(exactSpectrum(bad, { vectorsPerCall: 2 })).rejects.toThrow('returned NaN in row 4 of column 2');
  });

  it('refuses an operator that is too large', async () => {
    const large: LinearOperator = { dimension: 25_000_000, apply: (vectors) => Promise.resolve(vectors) };
    await expect(exactSpectrum(large)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('stopped by hand'));
    await expect(exactSpectrum(new DenseOperator(matrix), { signal })).rejects.toThrow('stopped by hand');
  });
});
