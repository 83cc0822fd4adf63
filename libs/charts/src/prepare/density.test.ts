import { compareSpectra, density } from '@ritz/spectra';
import { describe, expect, it } from 'vitest';
import { coarseSpacing, comparedCurves, comparedPoints, densityCurve, meanCurve } from './densityCurves.ts';
import { densityFigure } from './densityFigure.ts';
import { densityScale } from './densityScale.ts';

/** Three eigenvalues, and three that lie twice as far out. */
const near = { dimension: 3, probes: [{ nodes: [-1, 0.5, 4], weights: [0.25, 0.25, 0.5] }] };
const far = { dimension: 3, probes: [{ nodes: [-2, 1, 8], weights: [0.25, 0.25, 0.5] }] };
const settings = { smoothing: { kind: 'absolute', sigma: 0.1 }, kernel: 'gaussian', zoom: null } as const;
const name = { id: 'c', label: 'curve', style: 3 };
const view = { lambda: 'linear', density: 'log', zoom: null } as const;

describe('densityCurve', () => {
  it('integrates to 1 over its grid', () => {
    const curve = densityCurve({ ...name, measured: near }, settings);
    const spacing = (curve.lambda[1] ?? 0) - (curve.lambda[0] ?? 0);
    expect(curve.density.reduce((sum, height) => sum + height * spacing, 0)).toBeCloseTo(1, 6);
    expect(curve).toMatchObject({ ...name, sigma: 0.1, parameterCount: 3 });
  });

  it('is 0 between the kernels of Epanechnikov, and is measured anew inside a zoom', () => {
    const curve = densityCurve({ ...name, measured: near }, { ...settings, kernel: 'epanechnikov', zoom: [1, 3] });
    expect([curve.lambda[0], curve.lambda.at(-1)]).toEqual([1, 3]);
    expect(Math.max(...curve.density)).toBe(0);
  });
});

describe('the grid of a narrow kernel', () => {
  it('is fine enough for the height of a peak', () => {
    const sigma = 5e-4 * 5;
    const curve = densityCurve({ ...name, measured: near }, { ...settings, smoothing: { kind: 'absolute', sigma } });
    const peak = 0.5 / (sigma * Math.sqrt(2 * Math.PI));
    expect(Math.abs(Math.max(...curve.density) / peak - 1)).toBeLessThan(0.015);
    expect(coarseSpacing(curve)).toBeNull();
  });

  it('is said to be coarse where it cannot be fine enough, and is fine again in a zoom', () => {
    const narrow = { ...settings, smoothing: { kind: 'absolute', sigma: 1e-5 } } as const;
    const curve = densityCurve({ ...name, measured: near }, narrow);
    expect(coarseSpacing(curve)).toBeCloseTo(5 / 10_000, 5);
    const inside = densityCurve({ ...name, measured: near }, { ...narrow, zoom: [3.99, 4.01] });
    expect(coarseSpacing(inside)).toBeNull();
    expect(Math.max(...inside.density) * 1e-5 * Math.sqrt(2 * Math.PI)).toBeCloseTo(0.5, 2);
  });
});

describe('comparedCurves', () => {
  const named = [near, far].map((measured, index) => ({ id: String(index), label: '', style: index, measured }));

  it('has the grid, the kernel and the densities that a comparison has', () => {
    for (const smoothing of [settings.smoothing, { kind: 'auto' }] as const) {
      const { densities, sigma } = compareSpectra([near, far], { smoothing, grid: { points: comparedPoints } });
      const curves = comparedCurves(named, { ...settings, smoothing });
      expect(curves.map((curve) => curve.sigma)).toEqual([sigma, sigma]);
      for (const [index, curve] of curves.entries()) {
        expect(curve.density).toEqual(Array.from(densities[index]?.density ?? []));
        expect(curve.lambda).toEqual(Array.from(densities[index]?.lambda ?? []));
      }
    }
    expect(comparedCurves([], settings)).toEqual([]);
  });

  it('has a mean with the range of its members, from two on', () => {
    const curves = comparedCurves(named, settings);
    const mean = meanCurve(curves, name);
    expect(mean?.density[400]).toBeCloseTo(((curves[0]?.density[400] ?? 0) + (curves[1]?.density[400] ?? 0)) / 2, 12);
    const heights = curves.map(({ density }) => density[400] ?? Number.NaN);
    expect([mean?.lower?.[400], mean?.upper?.[400]]).toEqual([Math.min(...heights), Math.max(...heights)]);
    expect(mean?.outliers).toEqual(curves.flatMap(({ outliers }) => outliers));
    expect(meanCurve(curves.slice(1), name)).toBeNull();
  });
});

describe('densityFigure', () => {
  const curve = densityCurve({ ...name, measured: near }, settings);

  it('has the measured values and a band of each curve, and at most 1,000 points', () => {
    const figure = densityFigure([curve], view);
    const exact = density(near, { ...settings, grid: { points: 2048 } });
    const [series] = figure?.series ?? [];
    expect(series?.x.length).toBeLessThanOrEqual(1000);
    for (const [index, lambda] of (series?.x ?? []).entries()) {
      expect(series?.y[index]).toBe(exact.density[exact.lambda.indexOf(lambda)]);
    }
    expect(figure?.bands.map(({ style }) => style)).toEqual([3]);
  });

  it.each(['linear', 'symlog', 'log'] as const)('shows a zoomed stretch on a %s axis', (lambda) => {
    const zoomed = densityFigure([curve], { ...view, lambda, zoom: [0.2, 1] });
    expect(zoomed?.x.domain).toEqual([0.2, 1]);
    expect(zoomed?.series[0]?.x.every((value) => value >= 0.2 && value <= 1)).toBe(true);
  });

  it('says what share of the eigenvalues a logarithmic axis leaves out', () => {
    const figure = densityFigure([curve], { ...view, lambda: 'log' });
    expect(figure?.x.domain[0]).toBe(0.1);
    expect(figure?.hiddenShare).toBeCloseTo(0.25, 2);
    expect(densityFigure([curve], { ...view, lambda: 'log', zoom: [-3, -1] })).toBeNull();
    expect(densityFigure([curve], view)?.hiddenShare).toBe(0);
  });

  it('has a floor on a logarithmic axis only', () => {
    expect(densityFigure([curve], view)?.floor).toBeGreaterThan(0);
    expect(densityFigure([curve], { ...view, density: 'linear' })?.floor).toBeNull();
  });

  it('shares its axes with other charts', () => {
    const other = densityCurve({ ...name, measured: far }, settings);
    const [a, b] = [curve, other].map((one) => densityFigure([one], view, [curve, other]));
    expect(a?.x.domain).toEqual(b?.x.domain);
    expect(a?.y.domain).toEqual(b?.y.domain);
  });

  it('is nothing without curves', () => {
    expect(densityFigure([], view)).toBeNull();
  });
});

describe('densityScale', () => {
  it.each([
    ['log', 0.01],
    ['symlog', 0],
    ['linear', 0],
  ] as const)('of a %s axis ends at its base, with room for the rug below', (axis, expected) => {
    const { scale, base } = densityScale(axis, 0.01, 100);
    expect(base).toBe(expected);
    const [bottom, top] = scale.domain.map(scale.position) as [number, number];
    expect((scale.position(base) - bottom) / (top - bottom)).toBeCloseTo(0.07, 9);
  });
});
