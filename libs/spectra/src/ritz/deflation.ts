/** Puts eigenvalues that were deflated back beside what the probes measured without them. */
import type { DeflatedEigenvalues } from '../measure/MeasuredSpectrum.ts';
import type { Quadrature } from './ritzDecomposition.ts';

/** One quadrature of the whole: 1/n for each deflated eigenvalue, the probe's weights for the rest of the mass. */
export function withDeflated(
  { nodes, weights, residuals }: Quadrature,
  { values, residuals: deflatedResiduals }: DeflatedEigenvalues,
  dimension: number,
): Quadrature {
  const count = values.length;
  const rest = 1 - count / dimension;
  const at = (known: ArrayLike<number>, measured: Float64Array, i: number): number =>
    (i < count ? known[i] : measured[i - count]) as number;
  const order = Array.from({ length: count + nodes.length }, (_, i) => i).sort(
    (i, j) => at(values, nodes, i) - at(values, nodes, j),
  );
  return {
    nodes: Float64Array.from(order, (i) => at(values, nodes, i)),
    weights: Float64Array.from(order, (i) => (i < count ? 1 / dimension : (weights[i - count] as number) * rest)),
    residuals: residuals && Float64Array.from(order, (i) => at(deflatedResiduals, residuals, i)),
  };
}
