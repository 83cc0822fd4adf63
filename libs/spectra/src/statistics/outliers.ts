/** The top of the spectrum: largest Ritz values, outliers beyond the bulk, and the paper's ratio λ1/λK. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { resolveEigenvalues } from '../ritz/resolvedEigenvalues.ts';

export interface TopRitzValue {
  /** Median over probes of the i-th largest Ritz value. */
  readonly value: number;
  /** Largest residual among the probes: each has an eigenvalue within it. Null when residuals were not kept. */
  readonly residual: number | null;
  /** Half the spread over probes. */
  readonly spread: number;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The `count` largest Ritz values, descending; fewer when a probe has fewer. */
export function topRitzValues(spectrum: MeasuredSpectrum, count: number): TopRitzValue[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new SpectrumError('BAD_OPTION', `count: expected a whole number of at least 1, got ${count}.`);
  }
  const { quadratures } = resolveEigenvalues(spectrum);
  const available = Math.min(count, ...quadratures.map(({ nodes }) => nodes.length));
  return Array.from({ length: available }, (_, i) => {
    const values = quadratures.map(({ nodes }) => nodes.at(-1 - i) ?? 0);
    const residuals = quadratures.map(({ residuals: r }) => r?.at(-1 - i) ?? null);
    return {
      value: median(values),
      residual: residuals.includes(null) ? null : Math.max(...residuals.map((r) => r ?? 0)),
      spread: (Math.max(...values) - Math.min(...values)) / 2,
    };
  });
}

export interface Outliers {
  readonly lambdaMax: number;
  readonly lambdaMin: number;
  /** The K-th largest eigenvalue, K = number of classes; null when K was not given or the probes have fewer Ritz values. */
  readonly lambdaK: number | null;
  /** λ1 / λK; null when λK is missing or not positive. */
  readonly ratio: number | null;
  /** Eigenvalues above the bulk edge, each resolved by itself. */
  readonly count: number;
  /** The largest Ritz value that belongs to the unresolved bulk. */
  readonly bulkEdge: number;
  /** The outliers, descending. */
  readonly values: Float64Array;
  /** For each outlier, the distance within which an eigenvalue is certain. */
  readonly residuals: Float64Array;
}

/**
 * Outliers are eigenvalues that the probes resolved individually and that lie above everything they did not resolve.
 * `classes` is K of the ratio λ1/λK (Ghorbani, Krishnan, Xiao 2019, §4).
 */
export function outliers(spectrum: MeasuredSpectrum, { classes }: { readonly classes?: number } = {}): Outliers {
  const { quadratures, resolved } = resolveEigenvalues(spectrum);
  const top = topRitzValues(spectrum, classes ?? 1);
  const lambdaMax = top[0]?.value ?? 0;
  const lambdaMin = median(quadratures.map(({ nodes }) => nodes[0] ?? 0));
  const taken = quadratures.map((_, probe) => new Set(resolved.map(({ positions }) => positions[probe] ?? -1)));
  const unresolvedTop = quadratures.map(({ nodes }, probe) => {
    for (let i = nodes.length - 1; i >= 0; i--) if (!taken[probe]?.has(i)) return nodes[i] ?? 0;
    return nodes[0] ?? 0;
  });
  const bulkEdge = Math.max(...unresolvedTop);
  const beyond = resolved.filter(({ value }) => value > bulkEdge).reverse();
  const lambdaK = classes === undefined ? null : (top[classes - 1]?.value ?? null);
  return {
    lambdaMax,
    lambdaMin,
    lambdaK,
    ratio: lambdaK !== null && lambdaK > 0 ? lambdaMax / lambdaK : null,
    count: beyond.length,
    bulkEdge,
    values: Float64Array.from(beyond, ({ value }) => value),
    residuals: Float64Array.from(beyond, ({ residual }) => residual),
  };
}
