import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { compareSpectra } from './compareSpectra.ts';
import { spectralDistances } from './spectralDistances.ts';

const n = 300;
const measure = (outlier: number, seed: number): MeasuredSpectrum => ({
  dimension: n,
  probes: referenceProbes(bulkAndOutliers(n, [outlier]), { steps: 30, probes: 6, seed }),
});
const spectra = [measure(20, 1), measure(50, 2), measure(20, 3)];

describe('compareSpectra', () => {
  it('puts all densities on one grid that no kernel leaves, with one kernel', () => {
    const { densities, lambda, sigma } = compareSpectra(spectra, { grid: { points: 4000 } });
    for (const one of densities) {
      expect([one.sigma, one.lambda]).toEqual([sigma, lambda]);
      const step = (lambda[1] ?? 0) - (lambda[0] ?? 0);
      expect(one.density.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1, 6);
    }
  });

  it('agrees with the distances of each pair', () => {
    const fine = compareSpectra(spectra, { smoothing: { kind: 'absolute', sigma: 0.3 }, grid: { points: 20_000 } });
    for (const [i, a] of spectra.entries()) {
      for (const [j, b] of spectra.entries()) {
        const pair = spectralDistances(a, b, { smoothing: { kind: 'absolute', sigma: 0.3 } });
        expect(fine.wasserstein1[i]?.[j]).toBeCloseTo(pair.wasserstein1.value, 12);
        expect(fine.l1[i]?.[j]).toBeCloseTo(pair.l1, 3);
        expect(fine.jensenShannon[i]?.[j]).toBeCloseTo(pair.jensenShannon, 3);
      }
    }
  });

  it('is symmetric with a diagonal of zeros', () => {
    const { wasserstein1, l1, jensenShannon } = compareSpectra(spectra);
    for (const matrix of [wasserstein1, l1, jensenShannon]) {
      matrix.forEach((row, i) => {
        expect(row[i]).toBe(0);
        row.forEach((value, j) => expect(value).toBe(matrix[j]?.[i]));
      });
    }
  });

  it('keeps the ends of a grid that are given', () => {
    const { lambda } = compareSpectra(spectra, { grid: { points: 3, min: -1, max: 1 } });
    expect([...lambda]).toEqual([-1, 0, 1]);
  });

  it('refuses an empty list', () => {
    expect(() => compareSpectra([])).toThrow(/at least one/);
  });
});
