/** Density curves of measured spectra under given smoothing. */
import { max, min } from 'd3-array';
import {
  density,
  kernelWidth,
  outliers,
  pooledMeasure,
  type KernelName,
  type MeasuredSpectrum,
  type QuadratureMethod,
  type Smoothing,
} from '@ritz/spectra';
import type { Domain } from './axisScale.ts';
import type { SeriesWeight } from './ChartSeries.ts';
import type { DensityCurve } from './densityFigure.ts';

/** Density settings; equal settings give the same curve as the API. */
export interface DensitySettings {
  readonly smoothing: Smoothing;
  readonly kernel: KernelName;
  /** How the probes are combined; default variance-reduced. */
  readonly method?: QuadratureMethod;
  /** Ends of the grid; null: wide enough that no kernel is cut. */
  readonly zoom: Domain | null;
}

/** Label and style of a curve. */
export interface CurveName {
  readonly id: string;
  readonly label: string;
  readonly style: number;
  readonly weight?: SeriesWeight;
}

export interface NamedSpectrum extends CurveName {
  readonly measured: MeasuredSpectrum;
}

/** Grid points of a single density and of densities on a shared grid, unless a narrow kernel needs more. */
export const densityPoints = 2048;
export const comparedPoints = 1024;

/** Margin of the shared grid beyond the outermost Ritz values in units of σ, as in the API's `compare`. */
const reach = 8;

/** Grid points per σ that draw a peak at its height: the nearest point is at most σ/6 off, 1.4 % below the peak. */
const pointsPerSigma = 3;
/** What the API allows, so that every figure can be queried. */
const maxPoints = 10_000;

/** At least `least` points, and enough to resolve a kernel of width `sigma` over `span`. */
function gridPoints(least: number, span: number, sigma: number): number {
  return Math.min(maxPoints, Math.max(least, Math.ceil((pointsPerSigma * span) / sigma) + 1));
}

/** The density with its confidence interval, and its outliers. */
export function densityCurve(
  { measured, ...name }: NamedSpectrum,
  { smoothing, kernel, method = 'variance-reduced', zoom }: DensitySettings,
  least = densityPoints,
): DensityCurve {
  const [lowest, highest] = rangeOf(measured);
  const sigma = kernelWidth(smoothing, lowest, highest);
  const span = zoom ? zoom[1] - zoom[0] : highest - lowest + 2 * reach * sigma;
  const grid = { points: gridPoints(least, span, sigma), ...(zoom ? { min: zoom[0], max: zoom[1] } : {}) };
  const curve = density(measured, { smoothing, kernel, grid, method });
  return {
    ...name,
    lambda: Array.from(curve.lambda),
    density: Array.from(curve.density),
    lower: Array.from(curve.lower),
    upper: Array.from(curve.upper),
    sigma: curve.sigma,
    parameterCount: measured.dimension,
    outliers: Array.from(outliers(measured).values),
  };
}

/** The grid spacing of a curve where it is coarser than σ/2, so that the curve shows means over its cells; otherwise null. */
export function coarseSpacing({ lambda, sigma }: Pick<DensityCurve, 'lambda' | 'sigma'>): number | null {
  const spacing = (lambda[1] ?? 0) - (lambda[0] ?? 0);
  return spacing > sigma / 2 ? spacing : null;
}

/** Densities of several spectra with one kernel on one grid, equal to those of the API's `compare`. */
export function comparedCurves(spectra: readonly NamedSpectrum[], settings: DensitySettings): DensityCurve[] {
  const ends = spectra.map(({ measured }) => rangeOf(measured));
  const [lowest, highest] = [min(ends, ([low]) => low) ?? 0, max(ends, ([, high]) => high) ?? 0];
  if (spectra.length === 0) return [];
  const sigma = kernelWidth(settings.smoothing, lowest, highest);
  const zoom = settings.zoom ?? ([lowest - reach * sigma, highest + reach * sigma] as const);
  const shared: DensitySettings = { ...settings, smoothing: { kind: 'absolute', sigma }, zoom };
  return spectra.map((spectrum) => densityCurve(spectrum, shared, comparedPoints));
}

const ranges = new WeakMap<MeasuredSpectrum, Domain>();

/** The outermost Ritz values, cached per spectrum. */
function rangeOf(measured: MeasuredSpectrum): Domain {
  const known = ranges.get(measured);
  if (known) return known;
  const { nodes } = pooledMeasure(measured);
  const range = [nodes[0] ?? 0, nodes.at(-1) ?? 0] as const;
  ranges.set(measured, range);
  return range;
}

/**
 * The pointwise mean of densities on one grid, a density itself, with the smallest and the largest of them as its band and the outliers
 * of all. A pointwise median would be no density: where outliers of the runs do not overlap, it has none of them.
 */
export function meanCurve(curves: readonly DensityCurve[], name: CurveName): DensityCurve | null {
  const [first] = curves;
  if (!first || curves.length < 2) return null;
  const over = (summary: (values: readonly number[]) => number): number[] =>
    first.lambda.map((_unused, index) => summary(curves.map(({ density: heights }) => heights[index] ?? 0)));
  return {
    ...name,
    lambda: first.lambda,
    density: over((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    lower: over((values) => Math.min(...values)),
    upper: over((values) => Math.max(...values)),
    sigma: first.sigma,
    parameterCount: min(curves, ({ parameterCount }) => parameterCount ?? undefined) ?? null,
    outliers: curves.flatMap(({ outliers: values }) => values),
  };
}
