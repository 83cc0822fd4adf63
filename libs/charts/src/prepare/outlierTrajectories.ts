/** The largest eigenvalues along the training, each with the bound that an eigenvalue lies within for certain. */
import { bounded } from './bounded.ts';
import type { ChartSeries } from './ChartSeries.ts';

/** Columns over the measured steps. */
export interface LeadingValues {
  readonly step: readonly number[];
  readonly lambdaMax: readonly number[];
  readonly lambdaK: readonly (number | null)[];
  /** K; null if unknown. */
  readonly classes: number | null;
}

/** The outliers at one step, descending, with their residuals; null = not known. */
export interface OutliersOfStep {
  readonly step: number;
  readonly values: readonly number[];
  readonly residuals: readonly (number | null)[];
}

const styleFirst = 0;
const styleLast = 1;
/** Ranks between the first and the K-th that get a curve, so that λ₁ to λK stays readable for many classes. */
const mostBetween = 10;

/**
 * λ₁ and λK, the faint ones between them, each where it was measured. The i-th outlier that the probes resolved bounds the i-th
 * largest eigenvalue by its residual (Parlett, The Symmetric Eigenvalue Problem, 4.5); without one there is no bar.
 */
export function outlierTrajectories(
  { step, lambdaMax, lambdaK, classes }: LeadingValues,
  outliers: readonly OutliersOfStep[],
): ChartSeries[] {
  const byStep = new Map(outliers.map((found) => [found.step, found]));
  const resolved = (rank: number): (number | null)[] => step.map((at) => byStep.get(at)?.values[rank - 1] ?? null);
  const ranked = (series: ChartSeries, rank: number): ChartSeries =>
    bounded(series, (at) => byStep.get(at)?.residuals[rank - 1]);
  const named = (label: string, style: number, y: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    x: step,
    y,
  });
  const last = classes !== null && classes > 1 ? classes : null;
  const between = Math.max(0, (last ?? 2) - 2);
  const stride = Math.ceil(between / mostBetween);
  const ranks = Array.from({ length: between }, (_unused, index) => index + 2).filter(
    (rank) => (rank - 2) % stride === 0,
  );
  return [
    ranked(named('λ₁', styleFirst, lambdaMax), 1),
    ...ranks.map((rank) => ({
      ...ranked(named(`λ${subscript(rank)}`, styleFirst, resolved(rank)), rank),
      weight: 'faint' as const,
    })),
    ...(last === null ? [] : [ranked(named(`λK, K = ${String(last)}`, styleLast, lambdaK), last)]),
  ];
}

/** In digits below the line: λ₁₀. */
export function subscript(rank: number): string {
  return [...String(rank)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join('');
}
