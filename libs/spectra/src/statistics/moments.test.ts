import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../measure/MeasuredSpectrum.ts';
import { frobeniusNorm, massNearZero, meanMagnitude, moment, negativeMass, spectralMean, trace } from './moments.ts';

const n = 300;
const eigenvalues = bulkAndOutliers(n, [40, 10]);
const sum = (f: (lambda: number) => number): number => eigenvalues.reduce((total, lambda) => total + f(lambda), 0);
const measure = (probes: number, seed = 1) => ({
  dimension: n,
  probes: referenceProbes(eigenvalues, { steps: 30, probes, seed }),
});

function expectWithin({ value, standardError }: Estimate, exact: number, errors: number): void {
  expect(standardError).not.toBeNull();
  expect(Math.abs(value - exact)).toBeLessThan(errors * (standardError ?? 0));
}

describe('trace, Frobenius norm and means', () => {
  const spectrum = measure(20);
  it('lie within a few standard errors of the truth', () => {
    expectWithin(
      trace(spectrum),
      sum((x) => x),
      3,
    );
    expectWithin(spectralMean(spectrum, Math.cos), sum(Math.cos) / n, 3);
    expectWithin(meanMagnitude(spectrum), sum(Math.abs) / n, 3);
    const norm = Math.sqrt(sum((x) => x * x));
    expectWithin(frobeniusNorm(spectrum), norm, 3);
    // The outliers are known exactly: what is left to estimate is little.
    expect((frobeniusNorm(spectrum).standardError ?? 1) / norm).toBeLessThan(1e-3);
  });

  it('have no bias beyond their standard error, over seeds', () => {
    const exact = sum((x) => x);
    const scores = Array.from({ length: 40 }, (_, seed) => {
      const { value, standardError } = trace(measure(5, 1000 + seed));
      return (value - exact) / (standardError ?? 0);
    });
    const mean = scores.reduce((total, x) => total + x, 0) / scores.length;
    // A t statistic of 4 degrees of freedom has standard deviation √2.
    expect(Math.abs(mean)).toBeLessThan((3 * Math.SQRT2) / Math.sqrt(scores.length));
  });

  it('are exact when every eigenvalue is found', () => {
    const whole = { dimension: 20, probes: referenceProbes(bulkAndOutliers(20, [5]), { steps: 20, probes: 3 }) };
    expect(trace(whole).value).toBeCloseTo(
      bulkAndOutliers(20, [5]).reduce((a, b) => a + b, 0),
      9,
    );
    expect(trace(whole).standardError).toBeCloseTo(0, 9);
  });

  it('have no standard error with a single probe', () => {
    expect(trace(measure(1)).standardError).toBeNull();
    expect(frobeniusNorm(measure(1)).standardError).toBeNull();
  });

  it('accept nodes and weights alone', () => {
    const bare = { dimension: 10, probes: [{ nodes: [1, 3], weights: [0.75, 0.25] }] };
    expect(trace(bare)).toEqual({ value: 15, standardError: null });
    expect(frobeniusNorm(bare).value).toBeCloseTo(Math.sqrt(30), 12);
  });
});

describe('moment', () => {
  it('of order p is the mean of the p-th powers, about 0 or another point', () => {
    const bare = { dimension: 10, probes: [{ nodes: [1, 3], weights: [0.75, 0.25] }] };
    expect(moment(bare, 0).value).toBe(1);
    expect(moment(bare, 1).value).toBe(1.5);
    expect(moment(bare, 3).value).toBe(7.5);
    expect(moment(bare, 2, 1.5).value).toBe(0.75);
    expectWithin(moment(measure(20), 3), sum((x) => x ** 3) / n, 4);
  });

  it.each([-1, 1.5, NaN, 101])('refuses the order %d', (order) => {
    expect(() => moment(measure(1), order)).toThrow('order: expected an integer from 0 to 100');
  });
});

describe('mass', () => {
  it('below zero and near zero is that of the eigenvalues', () => {
    const spectrum = measure(10);
    expectWithin(negativeMass(spectrum), sum((x) => (x < -4e-3 ? 1 : 0)) / n, 4);
    expectWithin(massNearZero(spectrum, 0.1), sum((x) => (Math.abs(x) <= 0.1 ? 1 : 0)) / n, 4);
  });

  it('of the zero matrix is all at zero', () => {
    const zero = {
      dimension: 50,
      probes: [
        { alpha: [0], beta: [0] },
        { alpha: [0], beta: [0] },
      ],
    };
    expect(massNearZero(zero)).toEqual({ value: 1, standardError: 0 });
    expect(negativeMass(zero)).toEqual({ value: 0, standardError: 0 });
    expect(trace(zero)).toEqual({ value: 0, standardError: 0 });
    expect(frobeniusNorm(zero)).toEqual({ value: 0, standardError: null });
  });
});
