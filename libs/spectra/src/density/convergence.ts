/** Whether a spectrum was measured with enough Lanczos steps: what changes between the first half of them and all. */
import type { MeasuredSpectrum, ProbeMeasurement } from '../measure/MeasuredSpectrum.ts';
import { isTridiagonal } from '../measure/MeasuredSpectrum.ts';
import { outliers } from '../statistics/outliers.ts';
import { density, type Density, type DensityOptions } from './density.ts';

export interface Convergence {
  /** m, the Lanczos steps of the longest probe. */
  readonly steps: number;
  /** ⌈m/2⌉, those that are compared with all. */
  readonly halfSteps: number;
  /** ½ ∫ |ρ_m − ρ_{m/2}| dλ: the share of the eigenvalues (0 to 1) that the second half of the steps moves. */
  readonly movedShare: number;
  /** ½ ∫ of the half-width of the confidence band: the share that other probes would move; null for a single probe. */
  readonly bandShare: number | null;
  /** Whether the steps move no more than other probes would; null for a single probe. */
  readonly converged: boolean | null;
  /** Largest Ritz value of m steps minus that of m/2, in units of λ. */
  readonly lambdaMaxChange: number;
  /** Standard deviation of the kernel of both densities, in units of λ. */
  readonly sigma: number;
}

/** Grid points per σ; beyond the most there can be, both densities are means over cells. */
const pointsPerSigma = 6;
const mostPoints = 20_000;
/** Widths of the kernel beyond the outermost Ritz values. */
const reach = 8;
/** Of the coarse density that σ is taken from. */
const fewPoints = 2;

/** The probe as it was after `steps` Lanczos steps: the last β that is kept is then the norm of its residual. */
function truncated(probe: ProbeMeasurement, steps: number): ProbeMeasurement {
  if (!isTridiagonal(probe) || probe.alpha.length <= steps) return probe;
  return { alpha: Array.from(probe.alpha).slice(0, steps), beta: Array.from(probe.beta).slice(0, steps) };
}

/**
 * Compares the density of m Lanczos steps with that of the first m/2, on one grid and with one kernel: nothing is measured anew,
 * since the leading rows of a tridiagonal are the tridiagonal of fewer steps. Null where a probe kept no tridiagonal, or has one
 * step only. Throws a SpectrumError for a spectrum or options that are not valid.
 */
export function convergence(
  spectrum: MeasuredSpectrum,
  { smoothing, kernel, method, confidence }: Omit<DensityOptions, 'grid'> = {},
): Convergence | null {
  const given = {
    ...(smoothing ? { smoothing } : {}),
    ...(kernel ? { kernel } : {}),
    ...(method ? { method } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
  const { lambda: ends, sigma } = density(spectrum, { ...given, grid: { points: fewPoints } });
  if (!spectrum.probes.every(isTridiagonal)) return null;
  const steps = spectrum.probes.reduce(
    (most, probe) => Math.max(most, isTridiagonal(probe) ? probe.alpha.length : 0),
    0,
  );
  if (steps < 2) return null;
  const halfSteps = Math.ceil(steps / 2);
  const half = { ...spectrum, probes: spectrum.probes.map((probe) => truncated(probe, halfSteps)) };
  const [min, max] = [(ends[0] ?? 0) - reach * sigma, (ends.at(-1) ?? 0) + reach * sigma];
  const points = Math.min(mostPoints, Math.ceil((pointsPerSigma * (max - min)) / sigma) + 1);
  const options = { ...given, smoothing: { kind: 'absolute', sigma }, grid: { points, min, max } } as const;
  const [before, after] = [density(half, options), density(spectrum, options)];
  const cell = (max - min) / (points - 1);
  const movedShare =
    sumOver(after, (index) => Math.abs(at(after.density, index) - at(before.density, index))) * cell * 0.5;
  const bandShare =
    spectrum.probes.length < 2
      ? null
      : sumOver(after, (index) => (at(after.upper, index) - at(after.lower, index)) / 2) * cell * 0.5;
  return {
    steps,
    halfSteps,
    movedShare,
    bandShare,
    converged: bandShare === null ? null : movedShare <= bandShare,
    lambdaMaxChange: outliers(spectrum).lambdaMax - outliers(half).lambdaMax,
    sigma,
  };
}

const at = (values: Float64Array, index: number): number => values[index] as number;

function sumOver({ lambda }: Density, value: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < lambda.length; index++) sum += value(index);
  return sum;
}
