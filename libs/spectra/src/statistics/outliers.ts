/** The top of the spectrum: largest Ritz values, outliers beyond the bulk, and the paper's ratio λ1/λK. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { resolveEigenvalues, type ResolvedSpectrum } from '../ritz/resolvedEigenvalues.ts';

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
    throw new SpectrumError('BAD_OPTION', `count: expected an integer of at least 1, got ${count}.`);
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
  /** The K-th largest Ritz value, K = number of classes; null when K was not given or the probes have fewer Ritz values. */
  readonly lambdaK: number | null;
  /** Of λK, as `TopRitzValue.residual`; null when λK is missing or residuals were not kept. */
  readonly lambdaKResidual: number | null;
  /** λ1 + … + λK; null when λK is missing. */
  readonly topSum: number | null;
  /** λ1 / λK; null when λK is missing or not positive. */
  readonly ratio: number | null;
  /** Eigenvalues above the bulk edge, repeated ones as often as their weight says; null where residuals were not kept. */
  readonly count: number | null;
  /** The largest Ritz value that belongs to the bulk; null where residuals were not kept. */
  readonly bulkEdge: number | null;
  /** The outliers, descending, each once. */
  readonly values: Float64Array;
  /** For each outlier, the distance within which an eigenvalue is certain. */
  readonly residuals: Float64Array;
}

/** A repeated eigenvalue that holds this share of the spectrum is bulk, not an outlier. */
const bulkShare = 0.1;

/**
 * Outliers are eigenvalues that the probes resolved individually and that lie above everything they did not resolve; where
 * they resolved everything, above the widest gap in the upper half. `above` sets the bulk edge by hand, in units of λ. `classes` is K of the ratio λ1/λK (Ghorbani, Krishnan,
 * Xiao 2019, §4). Without residuals nothing tells an eigenvalue from a node of the bulk: `count` and `bulkEdge` are null then.
 */
export function outliers(
  spectrum: MeasuredSpectrum,
  { classes, above }: { readonly classes?: number; readonly above?: number } = {},
): Outliers {
  const found = resolveEigenvalues(spectrum);
  const top = topRitzValues(spectrum, classes ?? 1);
  const lambdaMax = top[0]?.value ?? 0;
  const atK = classes === undefined ? undefined : top[classes - 1];
  const lambdaK = atK?.value ?? null;
  const resolvable = found.quadratures.every(({ residuals }) => residuals !== null);
  const bulkEdge = resolvable ? (above ?? edgeOf(found, spectrum)) : null;
  const beyond = bulkEdge === null ? [] : found.resolved.filter(({ value }) => value > bulkEdge).reverse();
  return {
    lambdaMax,
    lambdaMin: median(found.quadratures.map(({ nodes }) => nodes[0] ?? 0)),
    lambdaK,
    lambdaKResidual: atK?.residual ?? null,
    topSum: atK ? top.reduce((sum, { value }) => sum + value, 0) : null,
    ratio: lambdaK !== null && lambdaK > 0 ? lambdaMax / lambdaK : null,
    count: bulkEdge === null ? null : beyond.reduce((sum, { multiplicity }) => sum + multiplicity, 0),
    bulkEdge,
    values: Float64Array.from(beyond, ({ value }) => value),
    residuals: Float64Array.from(beyond, ({ residual }) => residual),
  };
}

function edgeOf({ quadratures, resolved }: ResolvedSpectrum, { dimension }: MeasuredSpectrum): number {
  const apart = resolved.filter(({ multiplicity }) => multiplicity === 1 || multiplicity < bulkShare * dimension);
  const tops = quadratures.flatMap(({ nodes }, probe) => {
    const taken = new Set(apart.map(({ positions }) => positions[probe] ?? -1));
    for (let i = nodes.length - 1; i >= 0; i--) if (!taken.has(i)) return [nodes[i] ?? 0];
    return [];
  });
  return tops.length > 0 ? Math.max(...tops) : belowWidestGap(apart.map(({ value }) => value));
}

/** `values` ascending: the one below the widest gap in their upper half; the only one where there is no gap. */
function belowWidestGap(values: readonly number[]): number {
  let edge = values.length - 1;
  let widest = 0;
  for (let i = values.length - 2; i >= (values.length - 1) / 2 - 1 && i >= 0; i--) {
    const gap = (values[i + 1] ?? 0) - (values[i] ?? 0);
    if (gap > widest) {
      widest = gap;
      edge = i;
    }
  }
  return values[edge] ?? 0;
}
