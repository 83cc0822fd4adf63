import { describe, expect, it } from 'vitest';
import { compareSpectra } from '../distance/compareSpectra.ts';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { density, type Density, type DensityOptions } from './density.ts';

/** A bulk of 1e-2 and outliers of 1e6, each node with its weight. */
const wide: MeasuredSpectrum = {
  dimension: 1000,
  probes: [{ nodes: [-0.02, -0.01, 0.01, 0.02, 1e6, 3e6], weights: [0.2, 0.3, 0.3, 0.198, 0.001, 0.001] }],
};
const asinh: DensityOptions = { scale: { kind: 'asinh' } };

function integral({ coordinate, density: values }: Density): number {
  return ((coordinate[1] ?? 0) - (coordinate[0] ?? 0)) * values.reduce((sum, value) => sum + value, 0);
}

/** λ of the local maxima. */
function peaks({ lambda, density: values }: Density): number[] {
  return [...values.keys()].flatMap((i) =>
    (values[i] ?? 0) > 1e-9 && (values[i] ?? 0) > (values[i - 1] ?? 0) && (values[i] ?? 0) >= (values[i + 1] ?? 0)
      ? (lambda[i] ?? NaN)
      : [],
  );
}

describe('a density on the arsinh scale', () => {
  it('shows a bulk of 1e-2 and outliers of 1e6 at once, which the linear one does not', () => {
    const curve = density(wide, { ...asinh, smoothing: { kind: 'absolute', sigma: 0.02 }, grid: { points: 8001 } });
    const found = peaks(curve);
    [-0.02, -0.01, 0.01, 0.02, 1e6, 3e6].forEach((lambda, i) => {
      expect((found[i] ?? NaN) / lambda).toBeCloseTo(1, 1);
    });
    expect(found).toHaveLength(6);
    expect(peaks(density(wide))).toHaveLength(3);
  });

  it('is the kernel around arsinh(λ / width) of each eigenvalue, per unit of that coordinate', () => {
    const [width, sigma] = [0.5, 0.1];
    const spectrum: MeasuredSpectrum = { dimension: 9, probes: [{ nodes: [-7, 3], weights: [0.25, 0.75] }] };
    const curve = density(spectrum, { scale: { kind: 'asinh', width }, smoothing: { kind: 'absolute', sigma } });
    const kernel = (x: number): number => Math.exp(-((x / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI));
    curve.lambda.forEach((lambda, i) => {
      const at = Math.asinh(lambda / width);
      expect(curve.coordinate[i]).toBeCloseTo(at, 9);
      const exact = 0.25 * kernel(at - Math.asinh(-14)) + 0.75 * kernel(at - Math.asinh(6));
      expect(curve.density[i]).toBeCloseTo(exact, 8);
    });
    expect(integral(curve)).toBeCloseTo(1, 9);
    expect([curve.scale, curve.width]).toEqual(['asinh', width]);
  });

  it('turns logarithmic at the median magnitude unless it is said where', () => {
    expect(density(wide, asinh).width).toBe(0.01);
  });

  it('keeps the ends of a grid in λ', () => {
    const { lambda } = density(wide, { ...asinh, grid: { min: -1, max: 2e6, points: 300 } });
    expect(lambda[0]).toBeCloseTo(-1, 9);
    expect((lambda.at(-1) ?? 0) / 2e6).toBeCloseTo(1, 9);
  });

  it.each([0, 5, -1e-20, 1e300])('of a spectrum that is one point, %d, is a peak of mass 1 there', (lambda) => {
    for (const scale of [{ kind: 'linear' }, { kind: 'asinh' }] as const) {
      const curve = density({ dimension: 4, probes: [{ alpha: [lambda], beta: [0] }] }, { scale });
      expect(integral(curve)).toBeCloseTo(1, 9);
      expect(curve.density.every((value) => Number.isFinite(value))).toBe(true);
      const [first, last] = [curve.lambda[0] ?? NaN, curve.lambda.at(-1) ?? NaN];
      expect(first).toBeLessThan(lambda);
      expect(last).toBeGreaterThan(lambda);
    }
  });

  it('refuses a width that is not positive, an unknown scale, and the width of the paper', () => {
    const code = (options: DensityOptions): string => {
      try {
        density(wide, options);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(code({ scale: { kind: 'asinh', width: 0 } })).toBe('scale.width: expected a number greater than 0, got 0.');
    expect(code({ scale: { kind: 'log' } as never })).toBe('scale.kind: expected linear or asinh, got "log".');
    expect(code({ ...asinh, smoothing: { kind: 'paper' } })).toContain('smoothing.kind: paper is a width in λ');
  });

  it('is shared by spectra that are compared, and tells bulks apart that outliers hide', () => {
    const narrow = { ...wide, probes: [{ nodes: [-0.002, 0.002, 1e6, 3e6], weights: [0.499, 0.499, 0.001, 0.001] }] };
    const linear = compareSpectra([wide, narrow]);
    const compared = compareSpectra([wide, narrow], asinh);
    expect(linear.jensenShannon[0]?.[1]).toBeLessThan(1e-3);
    expect(compared.jensenShannon[0]?.[1]).toBeGreaterThan(0.5);
    expect(compared.densities.map(({ width }) => width)).toEqual([0.01, 0.01]);
    expect(compared.densities[1]?.lambda).toEqual(compared.lambda);
  });
});

describe('the width of a peak that the grid can show', () => {
  const shown = (sigma: number, points: number, node = 0): Density =>
    density(
      { dimension: 4, probes: [{ nodes: [node], weights: [1] }] },
      { smoothing: { kind: 'absolute', sigma }, grid: { min: -1, max: 1, points } },
    );

  it('is σ where the grid is fine, without a warning', () => {
    const { effectiveSigma, warnings } = shown(0.01, 1001);
    expect([effectiveSigma, warnings]).toEqual([0.01, []]);
  });

  it('is said where the grid is coarser: the spread of the cells that hold the mass, wherever the peak lies in one', () => {
    const curve = shown(0.01, 81);
    const h = 0.025;
    expect(curve.effectiveSigma).toBeCloseTo(Math.sqrt(1e-4 + (h * h) / 12), 12);
    const variances = Array.from({ length: 50 }, (_, offset) => {
      const node = (offset * h) / 50;
      const { lambda, density: values } = shown(0.01, 81, node);
      return lambda.reduce((sum, x, i) => sum + (x - node) ** 2 * (values[i] ?? 0) * h, 0);
    });
    const mean = variances.reduce((sum, one) => sum + one, 0) / variances.length;
    expect(mean).toBeCloseTo(curve.effectiveSigma ** 2, 9);
    expect(curve.warnings).toEqual([expect.stringContaining('as if σ were 0.0123')]);
    const points = Number(/Take (\d+) points, or a shorter range\./.exec(curve.warnings[0] ?? '')?.[1]);
    expect(shown(0.01, points).warnings).toEqual([]);
    expect(points).toBeLessThan(410);
  });
});
