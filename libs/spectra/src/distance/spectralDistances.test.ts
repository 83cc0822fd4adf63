import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiscreteMeasure, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { jensenShannonDistance, l1Distance, masses } from './curves.ts';
import { spectralDistances } from './spectralDistances.ts';
import { wasserstein1 } from './wasserstein.ts';

const atoms = (nodes: number[], weights: number[]) => ({
  nodes: Float64Array.from(nodes),
  weights: Float64Array.from(weights),
});
const bare = (nodes: number[], weights: number[]): MeasuredSpectrum => ({
  dimension: 100,
  probes: [{ nodes, weights }],
});
const uniform = (nodes: number[]): DiscreteMeasure => ({ nodes, weights: nodes.map(() => 1 / nodes.length) });
const lists = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 15 });

describe('wasserstein1', () => {
  it.each([
    ['two points', atoms([1], [1]), atoms([4], [1]), 3],
    ['half of the mass', atoms([0], [1]), atoms([0, 10], [0.5, 0.5]), 5],
    ['crossing masses', atoms([0, 3], [0.5, 0.5]), atoms([1, 2], [0.5, 0.5]), 1],
    ['the same measure in another order', atoms([2, 1], [0.25, 0.75]), atoms([1, 2], [0.75, 0.25]), 0],
    ['unequal weights', atoms([0, 1], [0.3, 0.7]), atoms([0, 1], [0.6, 0.4]), 0.3],
  ])('of %s', (_name, a, b, exact) => {
    expect(wasserstein1(a, b)).toBeCloseTo(exact, 14);
  });

  it('of equally many equal masses is the mean distance in order', () => {
    fc.assert(
      fc.property(lists, fc.infiniteStream(fc.double({ min: -10, max: 10, noNaN: true })), (first, stream) => {
        const second = [...stream.take(first.length)];
        const [x, y] = [first, second].map((list) => [...list].sort((a, b) => a - b)) as [number[], number[]];
        const exact = x.reduce((sum, value, i) => sum + Math.abs(value - (y[i] ?? 0)), 0) / x.length;
        const [p, q] = [uniform(first), uniform(second)].map(({ nodes, weights }) =>
          atoms([...Array.from(nodes)], [...Array.from(weights)]),
        );
        expect(wasserstein1(p ?? atoms([], []), q ?? atoms([], []))).toBeCloseTo(exact, 10);
      }),
      { seed: 1 },
    );
  });

  it('is a metric that shifts and scales', () => {
    fc.assert(
      fc.property(lists, lists, lists, (x, y, z) => {
        const [a, b, c] = [x, y, z].map((list) =>
          atoms(
            list,
            list.map(() => 1 / list.length),
          ),
        );
        if (!a || !b || !c) throw new Error('three measures');
        expect(wasserstein1(a, b)).toBeCloseTo(wasserstein1(b, a), 12);
        expect(wasserstein1(a, c)).toBeLessThanOrEqual(wasserstein1(a, b) + wasserstein1(b, c) + 1e-12);
        const moved = { ...a, nodes: a.nodes.map((v) => v + 2.5) };
        expect(wasserstein1(a, moved)).toBeCloseTo(2.5, 10);
        const doubled = [a, b].map(({ nodes, weights }) => ({ nodes: nodes.map((v) => 2 * v), weights }));
        expect(wasserstein1(doubled[0] ?? a, doubled[1] ?? b)).toBeCloseTo(2 * wasserstein1(a, b), 10);
      }),
      { seed: 2 },
    );
  });
});

describe('distances of curves', () => {
  it('are 0 for proportional curves and largest for curves that do not overlap', () => {
    const a = masses(Float64Array.from([1, 2, 0, 0]));
    const b = masses(Float64Array.from([0, 0, 5, 1]));
    expect([l1Distance(a, masses(a.map((x) => 3 * x))), jensenShannonDistance(a, a)]).toEqual([0, 0]);
    expect([l1Distance(a, b), jensenShannonDistance(a, b)]).toEqual([2, 1]);
  });

  it('know a case done by hand', () => {
    // p = (1, 0), q = (½, ½): m = (¾, ¼); ½ log2(4/3) + ½ (½ log2(2/3) + ½ log2 2).
    const p = masses(Float64Array.from([1, 0]));
    const q = masses(Float64Array.from([1, 1]));
    expect(l1Distance(p, q)).toBeCloseTo(1, 15);
    const divergence = 0.5 * Math.log2(4 / 3) + 0.25 * Math.log2(2 / 3) + 0.25;
    expect(jensenShannonDistance(p, q)).toBeCloseTo(Math.sqrt(divergence), 14);
  });
});

describe('spectralDistances', () => {
  const n = 300;
  const measure = (outlier: number, seed: number): MeasuredSpectrum => ({
    dimension: n,
    probes: referenceProbes(bulkAndOutliers(n, [outlier]), { steps: 30, probes: 6, seed }),
  });

  it('of a spectrum to itself are 0', () => {
    const one = measure(20, 1);
    expect(spectralDistances(one, one)).toMatchObject({ l1: 0, jensenShannon: 0, wasserstein1: { value: 0 } });
  });

  it('see an outlier that moved, beyond their standard error', () => {
    const { wasserstein1: distance } = spectralDistances(measure(20, 1), measure(50, 2));
    const { wasserstein1: noise } = spectralDistances(measure(20, 1), measure(20, 3));
    expect(Math.abs(distance.value - 30 / n)).toBeLessThan(noise.value + 3 * (distance.standardError ?? 0));
    expect(distance.value).toBeGreaterThan(3 * noise.value);
    expect(distance.standardError).toBeGreaterThan(0);
  });

  it('smooth both with one kernel', () => {
    const [a, b] = [bare([0, 1], [0.5, 0.5]), bare([0, 5], [0.5, 0.5])];
    const { l1, jensenShannon, sigma, wasserstein1: distance } = spectralDistances(a, b);
    expect(sigma).toBe(0.025);
    expect(l1).toBeCloseTo(1, 9);
    expect(jensenShannon).toBeCloseTo(Math.sqrt(0.5), 9);
    expect(distance).toEqual({ value: 2, standardError: null });
    expect(spectralDistances(a, b, { smoothing: { kind: 'paper' } }).sigma).toBeCloseTo(Math.sqrt(5e-5), 15);
    // L1 of two unit Gaussians at distance d: 2 erf(d / √8); erf(1 / √8) = 0.382924922548.
    const near = spectralDistances(bare([0], [1]), bare([1], [1]), { smoothing: { kind: 'absolute', sigma: 1 } });
    expect(near.l1).toBeCloseTo(2 * 0.382924922548, 3);
  });

  it('are JSON', () => {
    const distances = spectralDistances(measure(20, 1), measure(30, 2));
    expect(JSON.parse(JSON.stringify(distances))).toEqual(distances);
  });

  it('refuse what is no spectrum', () => {
    expect(() => spectralDistances(bare([], []), bare([1], [1]))).toThrow('nodes is empty');
  });
});
