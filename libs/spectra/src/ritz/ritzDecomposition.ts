/** The Gauss quadrature of one probe: Ritz values, weights, and how far each is from being an eigenvalue. */
import { isTridiagonal, type ProbeMeasurement, type Tridiagonal } from '../measure/MeasuredSpectrum.ts';
import { tridiagonalEigen } from './tridiagonalEigen.ts';

export interface RitzDecomposition {
  /** Ritz values, ascending. */
  readonly values: Float64Array;
  /** Squared first components: quadrature weights, sum 1. */
  readonly weights: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** |β_m s_m,i|: the matrix has an eigenvalue within this distance of Ritz value i. Null when β_m was not kept. */
  readonly residuals: Float64Array | null;
}

/** Throws a SpectrumError for entries that are not finite or lengths that do not fit. */
export function ritzDecomposition({ alpha, beta }: Tridiagonal): RitzDecomposition {
  const { values, first, last } = tridiagonalEigen(alpha, beta);
  const finalBeta = beta.length >= alpha.length ? beta[alpha.length - 1] : undefined;
  return {
    values,
    first,
    last,
    weights: first.map((component) => component * component),
    residuals: finalBeta === undefined ? null : last.map((component) => Math.abs(finalBeta * component)),
  };
}

/** Nodes, weights and residuals of any probe; residuals are null where the peer kept none. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  readonly residuals: Float64Array | null;
}

export function quadrature(probe: ProbeMeasurement): Quadrature {
  if (isTridiagonal(probe)) {
    const { values, weights, residuals } = ritzDecomposition(probe);
    return { nodes: values, weights, residuals };
  }
  const order = Array.from({ length: probe.nodes.length }, (_, i) => i).sort(
    (i, j) => (probe.nodes[i] ?? 0) - (probe.nodes[j] ?? 0),
  );
  const weights = Float64Array.from(order, (i) => probe.weights[i] ?? 0);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    nodes: Float64Array.from(order, (i) => probe.nodes[i] ?? 0),
    weights: weights.map((weight) => weight / sum),
    residuals: null,
  };
}
