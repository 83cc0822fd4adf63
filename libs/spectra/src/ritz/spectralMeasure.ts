/** The estimate of the spectral measure (1/n) Σ δ(λ − λ_i) that each probe gives, plain or variance-reduced. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { unknownChoice } from '../measure/unknownChoice.ts';
import { resolveEigenvalues, type ResolvedSpectrum } from './resolvedEigenvalues.ts';

const methods = ['variance-reduced', 'plain'] as const;
export type QuadratureMethod = (typeof methods)[number];

/** Atoms of one probe's estimate: weights sum to 1. */
export interface Atoms {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The variance-reduced atoms of one probe: 1/n at each resolved eigenvalue, the rest scaled to the rest of the mass. Repeated
 * eigenvalues keep the probe's own weight, as their multiplicity is an estimate itself.
 */
function reduced({ quadratures }: ResolvedSpectrum, simple: Simple, probe: number, dimension: number): Atoms {
  const { nodes = new Float64Array(), weights = new Float64Array() } = quadratures[probe] ?? {};
  const taken = new Uint8Array(nodes.length);
  // Its own node where it found one: so the band over probes shows how well the eigenvalue is known, too.
  const known = Float64Array.from(simple, ({ value, positions }) => {
    const position = positions[probe] ?? -1;
    if (position >= 0) taken[position] = 1;
    return nodes[position] ?? value;
  });
  let restCount = 0;
  let restWeight = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (taken[i] === 1) continue;
    restCount++;
    restWeight += weights[i] as number;
  }
  const restMass = 1 - simple.length / dimension;
  // Every eigenvalue is known, and where they are fewer than n some are repeated: only the weights can say which.
  if (restCount === 0 && simple.length < dimension) return { nodes, weights };
  if (restWeight <= 0 || restMass <= 0) {
    return { nodes: known, weights: new Float64Array(simple.length).fill(1 / simple.length) };
  }
  const all = {
    nodes: new Float64Array(known.length + restCount),
    weights: new Float64Array(known.length + restCount),
  };
  all.nodes.set(known);
  all.weights.fill(1 / dimension, 0, known.length);
  let end = known.length;
  for (let i = 0; i < nodes.length; i++) {
    if (taken[i] === 1) continue;
    all.nodes[end] = nodes[i] as number;
    all.weights[end] = ((weights[i] as number) / restWeight) * restMass;
    end++;
  }
  return all;
}

type Simple = ResolvedSpectrum['resolved'];

/**
 * One list of atoms per probe; their mean is the estimate, their spread its uncertainty. Throws a SpectrumError (BAD_OPTION) for a
 * method that is none of the known ones.
 */
export function probeMeasures(spectrum: MeasuredSpectrum, method: QuadratureMethod = 'variance-reduced'): Atoms[] {
  if (!methods.includes(method)) throw new SpectrumError('BAD_OPTION', unknownChoice('method', methods, method));
  const found = resolveEigenvalues(spectrum);
  const simple = found.resolved.filter(({ multiplicity }) => multiplicity === 1);
  if (method === 'plain' || simple.length === 0) return [...found.quadratures];
  return found.quadratures.map((_, probe) => reduced(found, simple, probe, spectrum.dimension));
}
