import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { bulkAndOutliers, diagonal, withSpectrum } from '../testing/denseOperator.ts';
import { symmetricEigen } from './symmetricEigen.ts';

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    expect(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? 0))).toBeLessThan(tolerance);
  }
}

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 33, 100])('finds a spectrum of %i given eigenvalues', (n) => {
    const spectrum = lcg(n).uniform(n);
    const { values } = symmetricEigen(withSpectrum(spectrum).matrix, n);
    expectClose(values, spectrum.slice().sort(), 1e-14 * n + 1e-14);
  });

  it('finds the eigenvalues 2 - 2 cos(π j / (n + 1)) of the second difference', () => {
    const n = 50;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = -1;
      if (i < n - 1) matrix[i * n + i + 1] = -1;
    }
    const exact = Float64Array.from({ length: n }, (_, j) => 2 - 2 * Math.cos((Math.PI * (j + 1)) / (n + 1)));
    expectClose(symmetricEigen(matrix, n).values, exact, 1e-14);
  });

  it.each([
    ['zero', [0, 0, 0, 0]],
    ['repeated', [1, 1, 1, 1, 3, 3]],
    ['diagonal', [-2, 5, 0, 9]],
    ['widely spread', [1e-200, 1e-8, 1, 1e8]],
    ['tiny', [1e-300, 2e-300, 3e-300]],
    ['huge', [1e300, -2e300]],
  ])('takes a matrix that is %s', (_name, spectrum) => {
    const sorted = Float64Array.from(spectrum).sort();
    const scale = Math.max(...spectrum.map(Math.abs));
    expectClose(symmetricEigen(diagonal(spectrum), spectrum.length).values, sorted, 1e-15 * scale + Number.MIN_VALUE);
  });

  it('keeps the small eigenvalues of a matrix with outliers to rounding of the largest', () => {
    const spectrum = bulkAndOutliers(90, [1e4, 300]);
    expectClose(symmetricEigen(withSpectrum(spectrum).matrix, 90).values, [...spectrum].reverse(), 2e-11);
  });

  it('projects vectors on the eigenvectors', () => {
    const n = 40;
    const spectrum = Float64Array.from({ length: n }, (_, i) => i * i);
    const { matrix, basis } = withSpectrum(spectrum);
    const vectors = [lcg(3).uniform(n), lcg(4).uniform(n)];
    const { projections } = symmetricEigen(matrix, n, vectors);
    vectors.forEach((vector, which) => {
      const exact = basis.map((row) => Math.abs(row.reduce((sum, x, i) => sum + x * (vector[i] ?? 0), 0)));
      expectClose((projections[which] ?? []).map(Math.abs), exact, 1e-12);
    });
  });

  it('takes the symmetric part', () => {
    expectClose(symmetricEigen([1, 4, 0, 1], 2).values, [-1, 3], 1e-15);
  });

  it('refuses NaN', () => {
    expect(() => symmetricEigen([1, Number.NaN, Number.NaN, 1], 2)).toThrow(/NaN/);
  });
});
