import { referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { convergence } from './convergence.ts';
import { density } from './density.ts';

const n = 300;
/** Evenly spread, so that a few steps cannot tell where they are. */
const eigenvalues = Float64Array.from({ length: n }, (_unused, index) => index / 6);
const measuredWith = (steps: number, probes = 6): MeasuredSpectrum => ({
  dimension: n,
  probes: referenceProbes(eigenvalues, { steps, probes }),
});

describe('convergence', () => {
  it('compares the density with that of a measurement of half the steps', () => {
    const smoothing = { kind: 'absolute', sigma: 0.5 } as const;
    const found = convergence(measuredWith(12), { smoothing });
    const grid = { points: 4001, min: -60, max: 60 };
    // Measured anew with 6 steps from the same start vectors: Lanczos takes the same first steps.
    const [whole = new Float64Array(), half] = [12, 6].map(
      (steps) => density(measuredWith(steps), { smoothing, grid }).density,
    );
    const moved = whole.reduce((sum, value, i) => sum + Math.abs(value - (half?.[i] ?? 0)), 0) * (120 / 4000) * 0.5;
    expect(found).toMatchObject({ steps: 12, halfSteps: 6, sigma: 0.5 });
    expect(found?.movedShare).toBeCloseTo(moved, 3);
    expect(found?.movedShare).toBeGreaterThan(0.001);
  });

  it('tells few steps from enough', () => {
    const smoothing = { kind: 'absolute', sigma: 1 } as const;
    expect(convergence(measuredWith(3), { smoothing })?.converged).toBe(false);
    const enough = convergence(measuredWith(80), { smoothing });
    expect(enough?.converged).toBe(true);
    expect(enough?.movedShare).toBeLessThan(0.01);
    expect(Math.abs(enough?.lambdaMaxChange ?? 1)).toBeLessThan(0.01);
  });

  it('depends on the kernel: a narrow one shows what a wide one hides', () => {
    const [narrow, wide] = [0.02, 1].map((sigma) =>
      convergence(measuredWith(30), { smoothing: { kind: 'absolute', sigma } }),
    );
    expect(narrow?.movedShare).toBeGreaterThan(3 * (wide?.movedShare ?? 1));
  });

  it('gives no verdict for a single probe, and none at all without tridiagonals or with one step', () => {
    expect(convergence(measuredWith(20, 1))).toMatchObject({ bandShare: null, converged: null });
    expect(convergence({ dimension: 3, probes: [{ nodes: [1, 2], weights: [0.5, 0.5] }] })).toBeNull();
    expect(convergence(measuredWith(1))).toBeNull();
  });

  it('leaves probes alone that ended early in an invariant subspace', () => {
    const probes = [{ alpha: [2], beta: [0] }, ...measuredWith(10, 2).probes];
    expect(convergence({ dimension: n, probes })?.halfSteps).toBe(5);
  });

  it('refuses a width that is not positive', () => {
    expect(() => convergence(measuredWith(4), { smoothing: { kind: 'absolute', sigma: 0 } })).toThrow(/sigma/);
  });
});
