/** Curves out of a spectrum as it is stored: its probes, whatever the smoothing of the moment. */
import { density, type MeasuredSpectrum, outliers, type ProbeMeasurement, type Smoothing } from '@ritz/spectra';
import type { DensityCurve } from './densityFigure.ts';

export interface StoredProbe {
  readonly alpha?: readonly number[] | null;
  readonly beta?: readonly number[] | null;
  readonly nodes?: readonly number[] | null;
  readonly weights?: readonly number[] | null;
}

export interface StoredSpectrum {
  readonly parameterCount: number;
  readonly probes: readonly StoredProbe[];
}

/** What a curve is called and how it is drawn. */
export interface CurveName {
  readonly id: string;
  readonly label: string;
  readonly style: number;
}

const GRID_POINTS = 2048;

function measurement({ alpha, beta, nodes, weights }: StoredProbe, index: number): ProbeMeasurement {
  if (alpha && beta) return { alpha, beta };
  if (nodes && weights) return { nodes, weights };
  throw new TypeError(`Probe ${String(index)}: got neither alpha and beta nor nodes and weights.`);
}

/** The same probes in the form that `@ritz/spectra` computes with. */
export function measuredSpectrum({ parameterCount, probes }: StoredSpectrum): MeasuredSpectrum {
  return { dimension: parameterCount, probes: probes.map(measurement) };
}

/** The density with one standard error, on a grid over the whole spectrum, and its outliers. */
export function densityCurve(measured: MeasuredSpectrum, smoothing: Smoothing, name: CurveName): DensityCurve {
  const curve = density(measured, { smoothing, grid: { points: GRID_POINTS } });
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
