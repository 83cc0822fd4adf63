/** The estimate of the spectral measure (1/n) Σ δ(λ − λ_i) that each probe gives, plain or variance-reduced. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { resolveEigenvalues, type ResolvedSpectrum } from './resolvedEigenvalues.ts';

export type QuadratureMethod = 'variance-reduced' | 'plain';

/** Atoms of one probe's estimate: weights sum to 1. */
export interface Atoms {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** The variance-reduced atoms of one probe: 1/n at each resolved eigenvalue, the rest scaled to the rest of the mass. */
function reduced({ quadratures, resolved }: ResolvedSpectrum, probe: number, dimension: number): Atoms {
  const { nodes = new Float64Array(), weights = new Float64Array() } = quadratures[probe] ?? {};
  const taken = new Set(resolved.map(({ positions }) => positions[probe] ?? -1));
  const rest = Array.from(nodes.keys()).filter((position) => !taken.has(position));
  const restWeight = rest.reduce((sum, position) => sum + (weights[position] ?? 0), 0);
  const restMass = 1 - resolved.length / dimension;
  if (rest.length === 0 || restWeight <= 0 || restMass <= 0) {
    const each = 1 / resolved.length;
    return {
      nodes: Float64Array.from(resolved, ({ value }) => value),
      weights: Float64Array.from(resolved, () => each),
    };
  }
  return {
    nodes: Float64Array.from([...resolved.map(({ value }) => value), ...rest.map((position) => nodes[position] ?? 0)]),
    weights: Float64Array.from([
      ...resolved.map(() => 1 / dimension),
      ...rest.map((position) => ((weights[position] ?? 0) / restWeight) * restMass),
    ]),
  };
}

/** One list of atoms per probe; their mean is the estimate, their spread its uncertainty. */
export function probeMeasures(spectrum: MeasuredSpectrum, method: QuadratureMethod = 'variance-reduced'): Atoms[] {
  const resolved = resolveEigenvalues(spectrum);
  return spectrum.probes.map((_, probe) =>
    method === 'plain' || resolved.resolved.length === 0
      ? (resolved.quadratures[probe] as Atoms)
      : reduced(resolved, probe, spectrum.dimension),
  );
}
