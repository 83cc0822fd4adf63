import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { FloatArray } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import { bulkAndOutliers, DenseOperator, withSpectrum } from '../testing/denseOperator.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { gradientOverlap } from './gradientOverlap.ts';
import { lanczos, type LanczosOptions } from '../lanczos.ts';

const n = 120;
const settings: LanczosOptions = { steps: 40, probes: 4, seed: 1, precision: 'float64' };

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** ‖P x‖² of the projection on the span of orthonormal vectors. */
function captured(vectors: readonly ArrayLike<number>[], x: ArrayLike<number>): number {
  return vectors.reduce((sum, vector) => sum + inner(vector, x) ** 2, 0);
}

function expectOrthonormal(vectors: readonly FloatArray[], tolerance: number): void {
  vectors.forEach((a, i) => {
    vectors.forEach((b, j) => expect(Math.abs(inner(a, b) - (i === j ? 1 : 0))).toBeLessThan(tolerance));
  });
}

describe('Ritz vectors', () => {
  const outliers = [40, 17, 9, 8.5, 3];
  const { matrix, basis } = withSpectrum(bulkAndOutliers(n, outliers));

  it('are the top eigenvectors', async () => {
    const { top, hvpCount, probes } = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 5 });
    expect(top.values.length).toBe(5);
    expectOrthonormal(top.vectors, 1e-13);
    top.values.forEach((value, i) => {
      expect(value).toBeCloseTo(outliers[i] ?? 0, 11);
      expect(Math.abs(inner(top.vectors[i] ?? [], basis[i] ?? []))).toBeCloseTo(1, 11);
      expect(top.residuals[i]).toBeLessThan(1e-7);
    });
    const steps = probes.reduce((sum, { alpha }) => sum + alpha.length, 0);
    expect(hvpCount).toBe(steps + 5);
  });

  it('have residuals that are true when they have not converged', async () => {
    const operator = new DenseOperator(matrix);
    const { top } = await lanczos(operator, { ...settings, steps: 8, ritzVectors: 8 });
    expect(Math.max(...top.residuals)).toBeGreaterThan(1e-3);
    for (const [i, vector] of top.vectors.entries()) {
      const image = await operator.apply(vector, 1);
      const value = top.values[i] ?? 0;
      const difference = Float64Array.from(image, (x, at) => x - value * (vector[at] ?? 0));
      const residual = Math.sqrt(inner(difference, difference));
      expect(top.residuals[i]).toBeCloseTo(residual, 11);
    }
  });

  it('of several probes know more than those of one', async () => {
    const residuals = async (probes: number): Promise<number> => {
      const { top } = await lanczos(new DenseOperator(matrix), { ...settings, steps: 10, probes, ritzVectors: 5 });
      return Math.max(...top.residuals);
    };
    expect(await residuals(6)).toBeLessThan(0.7 * (await residuals(1)));
  });

  it('are the same however the probes are grouped, up to rounding', async () => {
    const whole = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 5 });
    const memory = 2 * 41 * n * 8;
    const grouped = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 5, memory });
    grouped.top.values.forEach((value, i) => expect(value).toBeCloseTo(whole.top.values[i] ?? 0, 10));
    grouped.top.vectors.forEach((vector, i) =>
      expect(Math.abs(inner(vector, whole.top.vectors[i] ?? []))).toBeCloseTo(1, 10),
    );
  });

  it('are as many as the operator has dimensions at most', async () => {
    const small = withSpectrum([5, 2, 1]);
    const { top } = await lanczos(new DenseOperator(small.matrix), { ...settings, ritzVectors: 10 });
    expect([...top.values].map((value) => Number(value.toFixed(10)))).toEqual([5, 2, 1]);
    expectOrthonormal(top.vectors, 1e-13);
  });

  it('are turned block by block where they are long', async () => {
    const dimension = 40_000;
    const values = Float64Array.from({ length: dimension }, (_, i) => (i < 3 ? 10 - i : (i % 7) / 7));
    const diagonal: LinearOperator = {
      dimension,
      apply: (v) => Promise.resolve(v.map((x, i) => x * (values[i] ?? 0))),
    };
    const { top } = await lanczos(diagonal, { ...settings, steps: 20, probes: 1, ritzVectors: 3 });
    expectOrthonormal(top.vectors, 1e-12);
    top.vectors.forEach((vector, i) => {
      expect(top.values[i]).toBeCloseTo(10 - i, 10);
      expect(Math.abs(vector[i] ?? 0)).toBeCloseTo(1, 10);
      expect(top.residuals[i]).toBeLessThan(1e-5);
    });
  });

  it('are as many as fit the memory', async () => {
    const operator = new DenseOperator(matrix);
    const basis = 41 * n * 8;
    const { top } = await lanczos(operator, { ...settings, probes: 1, ritzVectors: 40, memory: basis });
    expect(top.values.length).toBe(10);
    expect(top.values[0]).toBeCloseTo(40, 11);
  });

  it('span the whole space of a repeated eigenvalue, which a single probe cannot see', async () => {
    // With many more steps rounding brings in the other directions.
    const few = { ...settings, steps: 11 };
    const repeated = withSpectrum(bulkAndOutliers(n, [3, 3, 3, 2]));
    const one = await lanczos(new DenseOperator(repeated.matrix), { ...few, probes: 1, ritzVectors: 4 });
    expect([...one.top.values].filter((value) => value > 2.9).length).toBe(1);
    const four = await lanczos(new DenseOperator(repeated.matrix), { ...few, probes: 4, ritzVectors: 4 });
    [3, 3, 3, 2].forEach((exact, i) => expect(four.top.values[i]).toBeCloseTo(exact, 9));
    for (const exact of repeated.basis.slice(0, 3)) {
      expect(captured(four.top.vectors.slice(0, 3), exact)).toBeCloseTo(1, 9);
    }
  });
});

describe('gradientOverlap', () => {
  const { matrix, basis } = withSpectrum(bulkAndOutliers(n, [40, 17, 9, 8.5, 3]));
  const gradient = lcg(12).uniform(n);
  const squares = inner(gradient, gradient);

  it.each([
    ['float64', 1e-11],
    ['float32', 1e-5],
  ] as const)('is ‖P_K g‖² / ‖g‖² in %s', async (precision, tolerance) => {
    const operator = new DenseOperator(matrix);
    const { top } = await lanczos(operator, { ...settings, precision, ritzVectors: 5 });
    const overlaps = gradientOverlap(top, gradient, [1, 3, 5]);
    expect(overlaps.map(({ k }) => k)).toEqual([1, 3, 5]);
    for (const { k, fraction, residual } of overlaps) {
      expect(Math.abs(fraction - captured(basis.slice(0, k), gradient) / squares)).toBeLessThan(tolerance);
      expect(residual).toBeLessThan(precision === 'float64' ? 1e-6 : 1e-3);
    }
  });

  it('is 1 for a gradient inside the space and 0 outside', async () => {
    const { top } = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 5 });
    const inside = (basis[0] ?? new Float64Array(n)).map((value, i) => value - 2 * (basis[2]?.[i] ?? 0));
    expect(gradientOverlap(top, inside, [3])[0]?.fraction).toBeCloseTo(1, 11);
    expect(gradientOverlap(top, inside, [1])[0]?.fraction).toBeCloseTo(0.2, 11);
    expect(gradientOverlap(top, basis[60] ?? [], [5])[0]?.fraction).toBeLessThan(1e-12);
  });

  it('leaves out a K for which there are no vectors', async () => {
    const { top } = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 2 });
    expect(gradientOverlap(top, gradient, [1, 2, 3]).map(({ k }) => k)).toEqual([1, 2]);
  });

  it('refuses a zero gradient, one of another length, and a K that is no count', async () => {
    const { top } = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 2 });
    expect(() => gradientOverlap(top, new Float64Array(n), [1])).toThrow(/other than 0, got ‖g‖² = 0/);
    expect(() =>
      gradientOverlap(
        top,
        gradient.map(() => Number.NaN),
        [1],
      ),
    ).toThrow(/got ‖g‖² = NaN/);
    expect(() => gradientOverlap(top, gradient.subarray(1), [1])).toThrow('gradient: expected 120 numbers, got 119.');
    expect(() => gradientOverlap(top, gradient, [0])).toThrow(LanczosError);
  });
});
