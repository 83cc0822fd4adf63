import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { density, type Density, type DensityOptions } from './density.ts';

const n = 300;
const spectrum: MeasuredSpectrum = {
  dimension: n,
  probes: referenceProbes(bulkAndOutliers(n, [40, 10]), { steps: 30, probes: 6 }),
};
const point = (lambda: number): MeasuredSpectrum => ({ dimension: 5, probes: [{ nodes: [lambda], weights: [1] }] });

function integral({ lambda, density: values }: Pick<Density, 'lambda' | 'density'>): number {
  const h = (lambda[1] ?? 0) - (lambda[0] ?? 0);
  return h * values.reduce((sum, value) => sum + value, 0);
}

describe('density', () => {
  it('of a point is its Gaussian', () => {
    const sigma = 0.25;
    const { lambda, density: values } = density(point(3), { smoothing: { kind: 'absolute', sigma } });
    lambda.forEach((x, i) => {
      const exact = Math.exp(-((x - 3) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
      expect(values[i]).toBeCloseTo(exact, 12);
    });
  });

  it('of a point can be the parabola of Epanechnikov, which is 0 beyond √5 σ', () => {
    const curve = density(point(3), { smoothing: { kind: 'absolute', sigma: 0.25 }, kernel: 'epanechnikov' });
    curve.lambda.forEach((x, i) => {
      const u = (x - 3) / (0.25 * Math.sqrt(5));
      expect(curve.density[i]).toBeCloseTo(Math.abs(u) < 1 ? (3 * (1 - u * u)) / (4 * 0.25 * Math.sqrt(5)) : 0, 9);
    });
    expect(integral(curve)).toBeCloseTo(1, 5);
    expect(curve.kernel).toBe('epanechnikov');
  });

  it('of a grid coarser than the kernel is the mean over each cell', () => {
    const grid = { points: 11, min: -5, max: 5 };
    const curve = density(point(0.2), { smoothing: { kind: 'absolute', sigma: 0.01 }, grid });
    expect([...curve.density].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    expect(integral(curve)).toBeCloseTo(1, 12);
  });

  it('integrates to 1 and cuts no kernel, for any spectrum, width and number of points', () => {
    const cases = fc.record({
      nodes: fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 12 }),
      share: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
      points: fc.integer({ min: 2, max: 3000 }),
    });
    fc.assert(
      fc.property(cases, ({ nodes, share, points }) => {
        const weights = nodes.map(() => 1 / nodes.length);
        const sigma = share * Math.max(1e-3, Math.max(...nodes) - Math.min(...nodes));
        const options: DensityOptions = { smoothing: { kind: 'absolute', sigma }, grid: { points } };
        const curve = density({ dimension: 100, probes: [{ nodes, weights }] }, options);
        expect(integral(curve)).toBeCloseTo(1, 9);
        expect(Math.min(...curve.density)).toBeGreaterThanOrEqual(0);
        expect(curve.lambda[0]).toBeLessThanOrEqual(Math.min(...nodes) - 4 * sigma);
        expect(curve.lambda.at(-1)).toBeGreaterThanOrEqual(Math.max(...nodes) + 4 * sigma);
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  it('moves and stretches with the spectrum', () => {
    const scaled = {
      dimension: n,
      probes: spectrum.probes.map((probe) =>
        'alpha' in probe
          ? { alpha: Array.from(probe.alpha, (x) => 4 * x + 8), beta: Array.from(probe.beta, (x) => 4 * x) }
          : probe,
      ),
    };
    const one = density(spectrum);
    const other = density(scaled);
    one.lambda.forEach((x, i) => {
      expect(other.lambda[i]).toBeCloseTo(4 * x + 8, 9);
      expect(other.density[i]).toBeCloseTo((one.density[i] ?? 0) / 4, 6);
    });
  });

  it('has a band that contains the density, and none for a single probe', () => {
    const { density: mean, lower, upper } = density(spectrum);
    mean.forEach((value, i) => {
      expect(lower[i]).toBeLessThanOrEqual(value);
      expect(upper[i]).toBeGreaterThanOrEqual(value);
      expect(lower[i]).toBeGreaterThanOrEqual(0);
    });
    expect(Math.max(...mean.map((value, i) => (upper[i] ?? 0) - value))).toBeGreaterThan(0);
    const wide = density(spectrum, { confidence: 0.99 });
    const t = 4.032 / 2.571; // Student's t of 5 degrees of freedom at 99 % and 95 %
    const at = mean.indexOf(Math.max(...mean));
    const reach = (curve: Density): number => (curve.upper[at] ?? NaN) - (curve.density[at] ?? NaN);
    expect(reach(wide) / reach(density(spectrum))).toBeCloseTo(t, 3);
    const single = density({ dimension: n, probes: spectrum.probes.slice(0, 1) });
    expect(single.lower).toEqual(single.density);
    expect(single.upper).toEqual(single.density);
  });

  it('of the variance-reduced quadrature knows outliers without error, of the plain one it does not', () => {
    const smoothing = { kind: 'absolute', sigma: 0.5 } as const;
    const at = ({ lambda, density: values }: Density, x: number): number =>
      values[lambda.findIndex((grid) => grid >= x)] ?? NaN;
    const reduced = density(spectrum, { smoothing, grid: { points: 5001 } });
    const plain = density(spectrum, { smoothing, grid: { points: 5001 }, method: 'plain' });
    const exact = 1 / (n * 0.5 * Math.sqrt(2 * Math.PI));
    expect(Math.abs(at(reduced, 40) / exact - 1)).toBeLessThan(1e-3);
    expect(Math.abs(at(plain, 40) / exact - 1)).toBeGreaterThan(0.05);
    expect([reduced.method, plain.method]).toEqual(['variance-reduced', 'plain']);
  });

  it('is defined for a spectrum that is one point, zero included', () => {
    for (const lambda of [0, 5, -1e-20]) {
      const curve = density(point(lambda));
      expect(integral(curve)).toBeCloseTo(1, 9);
      expect(curve.sigma).toBeGreaterThan(0);
    }
  });

  it.each<[DensityOptions, string, string]>([
    [{ smoothing: { kind: 'absolute', sigma: 0 } }, 'BAD_SMOOTHING', 'sigma: expected a number greater than 0, got 0'],
    [{ smoothing: { kind: 'absolute', sigma: NaN } }, 'BAD_SMOOTHING', 'got NaN'],
    [{ smoothing: { kind: 'paper', sigmaSquared: -1 } }, 'BAD_SMOOTHING', 'sigmaSquared'],
    [{ confidence: 1 }, 'BAD_OPTION', 'confidence: expected a number between 0 and 1, got 1'],
    [{ kernel: 'box' as 'gaussian' }, 'BAD_OPTION', 'kernel: expected gaussian or epanechnikov, got "box".'],
    [{ method: 'mean' as 'plain' }, 'BAD_OPTION', 'method: expected variance-reduced or plain, got "mean".'],
    [
      { smoothing: { kind: 'wide' } as unknown as { kind: 'auto' } },
      'BAD_SMOOTHING',
      'smoothing.kind: expected auto, absolute or paper, got "wide".',
    ],
    [{ grid: { points: 1 } }, 'BAD_GRID', 'expected an integer from 2 to 100000, got 1'],
    [{ grid: { points: 2.5 } }, 'BAD_GRID', 'got 2.5'],
    [{ grid: { min: 2, max: 1 } }, 'BAD_GRID', 'expected min < max, got min = 2 and max = 1'],
    [{ grid: { min: -Infinity } }, 'BAD_GRID', 'min = -Infinity'],
  ])('refuses %j', (options, code, message) => {
    expect(() => density(spectrum, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });
});
