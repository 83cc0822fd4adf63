/** The rule of adaptive stopping: when a group of probes has converged. */
import { pool, ritzDecomposition, wasserstein1, type Atoms, type RitzDecomposition } from '@ritz/spectra';

export interface Coefficients {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly breakdown: boolean;
}

function decompose(alpha: readonly number[], beta: readonly number[], steps: number): RitzDecomposition {
  return ritzDecomposition({ alpha: alpha.slice(0, steps), beta: beta.slice(0, steps) });
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
  const half = probes.map(({ alpha, beta, breakdown }) =>
    decompose(alpha, beta, breakdown ? alpha.length : Math.ceil(alpha.length / 2)),
  );
  return wasserstein1(mean(now), mean(half)) <= tolerance * scale;
}

function mean(decompositions: readonly RitzDecomposition[]): Atoms {
  return pool(decompositions.map(({ values, weights }) => ({ nodes: values, weights })));
}
