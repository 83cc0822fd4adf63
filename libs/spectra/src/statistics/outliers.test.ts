import { bulkAndOutliers, gaussians, referenceLanczos, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { quadrature } from '../ritz/ritzDecomposition.ts';
import { outliers, topRitzValues } from './outliers.ts';

const n = 400;
const exact = [50, 20, 19.5, 8];
const probes = referenceProbes(bulkAndOutliers(n, exact), { steps: 40, probes: 5 });
const spectrum = { dimension: n, probes };

const firstSteps =
  (steps: number) =>
  ({ alpha, beta }: (typeof probes)[number]): (typeof probes)[number] => ({
    alpha: alpha.slice(0, steps),
    beta: beta.slice(0, steps),
  });

describe('outliers', () => {
  it('are the eigenvalues above the bulk, with the distance within which each is certain', () => {
    const { values, residuals, count, bulkEdge, lambdaMax, lambdaMin } = outliers(spectrum);
    const above = exact.filter((value) => value > 1);
    expect(count).toBeGreaterThanOrEqual(above.length);
    above.forEach((value, i) =>
      expect(Math.abs((values[i] ?? NaN) - value)).toBeLessThanOrEqual((residuals[i] ?? 0) + 1e-9),
    );
    expect(bulkEdge).toBeLessThanOrEqual(1);
    expect(lambdaMax).toBeCloseTo(50, 8);
    expect(lambdaMin).toBeCloseTo(-0.1, 2);
  });

  it('begin above an edge that is set by hand', () => {
    const { values } = outliers(spectrum);
    const edge = values[1] ?? 0;
    expect(outliers(spectrum, { above: edge })).toMatchObject({ bulkEdge: edge, values: values.slice(0, 1) });
    expect(outliers(spectrum, { above: Infinity }).count).toBe(0);
  });

  it('give the ratio λ1/λK', () => {
    expect(outliers(spectrum, { classes: 4 })).toMatchObject({
      lambdaK: expect.closeTo(8, 6) as number,
      ratio: expect.closeTo(50 / 8, 5) as number,
      topSum: expect.closeTo(97.5, 5) as number,
    });
    expect(outliers(spectrum, { classes: 4 }).lambdaKResidual).toBeLessThan(1e-5);
    // A few steps do not resolve the fourth: what they take for it is of the bulk, and the residual is as large.
    const short = outliers({ dimension: n, probes: probes.map(firstSteps(5)) }, { classes: 4 });
    expect(short.lambdaKResidual).toBeGreaterThan((short.lambdaK ?? 0) / 2);
    expect(outliers(spectrum)).toMatchObject({ lambdaK: null, lambdaKResidual: null, topSum: null, ratio: null });
    expect(outliers(spectrum, { classes: 1000 })).toMatchObject({ lambdaK: null, ratio: null });
    const negative = { dimension: 9, probes: [{ alpha: [-2], beta: [0] }] };
    expect(outliers(negative, { classes: 1 }).ratio).toBeNull();
  });

  it('count repeated eigenvalues by their weight', () => {
    const repeated = bulkAndOutliers(1000, [...new Array<number>(20).fill(30), 60]);
    const measured = { dimension: 1000, probes: referenceProbes(repeated, { steps: 30, probes: 10 }) };
    const { count, values } = outliers(measured);
    expect([...values].slice(0, 2).map((x) => Math.round(x))).toEqual([60, 30]);
    expect(Math.abs((count ?? 0) - (values.length - 1 + 20))).toBeLessThan(4 * 20 * Math.sqrt(2 / 200));
  });

  it('of a few distinct eigenvalues are those that do not hold the spectrum', () => {
    const few = [...new Array<number>(100).fill(1), ...new Array<number>(100).fill(2), 7];
    const found = outliers({ dimension: 201, probes: referenceProbes(few, { steps: 10, probes: 3 }) });
    expect([...found.values]).toEqual([expect.closeTo(7, 9)]);
    expect(found.bulkEdge).toBeCloseTo(2, 9);
  });

  it('are above the widest gap where everything is resolved', () => {
    const all = bulkAndOutliers(20, [9, 6]);
    const found = outliers({ dimension: 20, probes: referenceProbes(all, { steps: 20, probes: 2 }) });
    expect(found.count).toBe(2);
    expect(found.bulkEdge).toBeCloseTo(1, 9);
    const one = outliers({ dimension: 1, probes: [{ alpha: [-2.5], beta: [0] }] });
    expect(one).toMatchObject({ count: 0, bulkEdge: -2.5, lambdaMax: -2.5, lambdaMin: -2.5 });
    const zero = outliers({ dimension: 50, probes: [{ alpha: [0], beta: [0] }] });
    expect(zero).toMatchObject({ count: 0, bulkEdge: 0 });
  });

  it('are counted once in a tridiagonal with ghosts', () => {
    const next = gaussians(4);
    const eigenvalues = bulkAndOutliers(n, exact);
    const ghosted = referenceLanczos(eigenvalues, {
      steps: 120,
      start: eigenvalues.map(() => next()),
      reorthogonalise: false,
    });
    expect([...quadrature(ghosted).nodes].filter((x) => Math.abs(x - 50) < 1e-6).length).toBeGreaterThan(1);
    const { values } = outliers({ dimension: n, probes: [ghosted] });
    expect([...values].filter((x) => x > 2).map((x) => Number(x.toFixed(6)))).toEqual(exact);
  });

  it('cannot be told from nodes and weights alone, but extremes can', () => {
    const bare = {
      dimension: n,
      probes: probes.map((probe) => ({ nodes: quadrature(probe).nodes, weights: quadrature(probe).weights })),
    };
    const found = outliers(bare, { classes: 4 });
    expect(found).toMatchObject({ count: null, bulkEdge: null, lambdaMax: outliers(spectrum).lambdaMax });
    expect(found.values.length).toBe(0);
    expect(found.ratio).toBeCloseTo(50 / 8, 5);
  });
});

describe('topRitzValues', () => {
  it('are medians over probes with residual and spread', () => {
    const top = topRitzValues(spectrum, 5);
    exact.forEach((value, i) => expect(top[i]?.value).toBeCloseTo(value, 5));
    top.forEach(({ residual, spread }) => {
      expect(residual).not.toBeNull();
      expect(spread).toBeGreaterThanOrEqual(0);
    });
    const bare = topRitzValues({ dimension: 9, probes: [{ nodes: [1, 2], weights: [0.5, 0.5] }] }, 5);
    expect(bare).toEqual([
      { value: 2, residual: null, spread: 0 },
      { value: 1, residual: null, spread: 0 },
    ]);
  });

  it.each([0, -1, 1.5, NaN])('refuses the count %d', (count) => {
    expect(() => topRitzValues(spectrum, count)).toThrow('count: expected an integer of at least 1');
  });
});
