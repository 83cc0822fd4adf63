import { compareSpectra } from '@ritz/spectra';
import { describe, expect, it } from 'vitest';
import { dendrogram } from './dendrogram.ts';
import { comparedPoints } from './densityCurves.ts';
import { distanceMatrices } from './distances.ts';

const at = (node: number) => ({ dimension: 10, probes: [{ nodes: [node], weights: [1] }] });
const settings = { smoothing: { kind: 'absolute', sigma: 0.5 }, kernel: 'gaussian' } as const;
const spectra = [1, 10, 2, 12].map(at);

describe('distanceMatrices', () => {
  const matrices = distanceMatrices(spectra, settings);

  it('holds the distances that mass must move', () => {
    expect(matrices.wasserstein1.distance).toEqual([
      [0, 9, 1, 11],
      [9, 0, 8, 2],
      [1, 8, 0, 10],
      [11, 2, 10, 0],
    ]);
    expect(matrices.wasserstein1.largest).toBe(11);
  });

  it('holds the distances of the densities that a comparison has', () => {
    const compared = compareSpectra(spectra, { ...settings, grid: { points: comparedPoints } });
    expect(matrices.l1.distance).toEqual(compared.l1);
    expect(matrices.jensenShannon.distance).toEqual(compared.jensenShannon);
    expect(matrices.l1.distance[0]?.[1]).toBeCloseTo(2, 3);
  });

  it('puts like beside like, the close ends of two groups together', () => {
    const line = matrices.wasserstein1.order.map((index) => [1, 10, 2, 12][index]);
    expect([line.join(), line.toReversed().join()]).toContain('1,2,10,12');
  });

  it('takes one spectrum or none', () => {
    expect(distanceMatrices([at(3)], settings).wasserstein1).toMatchObject({
      order: [0],
      distance: [[0]],
      branches: [],
    });
    expect(distanceMatrices([], settings).l1).toMatchObject({ order: [], distance: [], largest: 0 });
  });
});

describe('dendrogram', () => {
  it('joins the nearest first, at their average distance', () => {
    const { order, branches } = dendrogram([
      [0, 1, 8],
      [1, 0, 6],
      [8, 6, 0],
    ]);
    expect(order).toEqual([2, 1, 0]);
    expect(branches).toEqual([
      { left: 1, right: 2, leftFrom: 0, rightFrom: 0, height: 1 },
      { left: 0, right: 1.5, leftFrom: 0, rightFrom: 1, height: 7 },
    ]);
  });

  it('keeps every leaf exactly once', () => {
    const distance = spectra.map((_a, i) => spectra.map((_b, j) => Math.abs(i - j) * ((i * j) % 3)));
    expect([...dendrogram(distance).order].sort()).toEqual([0, 1, 2, 3]);
  });
});
