/** When a group of probes has seen enough of the spectrum: the rule of adaptive stopping. */
import { ritzDecomposition, type RitzDecomposition } from '@ritz/spectra';

export interface Coefficients {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly breakdown: boolean;
}

interface Atom {
  readonly node: number;
  readonly weight: number;
}

function decompose(alpha: readonly number[], beta: readonly number[], steps: number): RitzDecomposition {
  return ritzDecomposition({ alpha: alpha.slice(0, steps), beta: beta.slice(0, steps) });
}

function atoms({ values, weights }: RitzDecomposition, share: number): Atom[] {
  return Array.from(values, (node, i) => ({ node, weight: (weights[i] ?? 0) * share }));
}

/** Wasserstein-1 distance of two discrete measures: the area between their distribution functions. */
export function wassersteinDistance(a: readonly Atom[], b: readonly Atom[]): number {
  const steps = [...a, ...b.map(({ node, weight }) => ({ node, weight: -weight }))].sort((x, y) => x.node - y.node);
  let distance = 0;
  let difference = 0;
  steps.forEach(({ node, weight }, i) => {
    difference += weight;
    distance += Math.abs(difference) * ((steps[i + 1]?.node ?? node) - node);
  });
  return distance;
}

/**
 * True when, relative to the largest |Ritz value|, the residuals of the extreme Ritz values of every probe are at most
 * `tolerance` and so is the Wasserstein-1 distance between the mean quadrature and the one of half as many steps (which the
 * leading half of each tridiagonal gives). That distance bounds the error of the half, hence, as the error falls at least like
 * 1/m (Chen, Trogdon and Ubaru, arXiv 2105.06595), that of the whole.
 */
export function hasConverged(probes: readonly Coefficients[], tolerance: number): boolean {
  const now = probes.map(({ alpha, beta }) => decompose(alpha, beta, alpha.length));
  const scale = Math.max(...now.flatMap(({ values }) => [Math.abs(values[0] ?? 0), Math.abs(values.at(-1) ?? 0)]));
  const extremes = now.every(({ residuals }) =>
    [residuals?.[0] ?? Infinity, residuals?.at(-1) ?? Infinity].every((residual) => residual <= tolerance * scale),
  );
  if (!extremes) return false;
  const share = 1 / probes.length;
  const half = probes.map(({ alpha, beta, breakdown }) =>
    decompose(alpha, beta, breakdown ? alpha.length : Math.ceil(alpha.length / 2)),
  );
  const mean = (decompositions: readonly RitzDecomposition[]): Atom[] =>
    decompositions.flatMap((decomposition) => atoms(decomposition, share));
  return wassersteinDistance(mean(now), mean(half)) <= tolerance * scale;
}
