/** The axis of the eigenvalues, as one of three scales. */
import { linearScale, logScale, symlogScale, type AxisScale, type Domain } from './axisScale.ts';

/** `symlog` shows both signs over decades; `log` the positive side only; `linear` has no distortion. */
export type LambdaAxis = 'symlog' | 'log' | 'linear';

/**
 * From `low` to `high`. A logarithmic axis begins at `sigma`, the width of the smoothing, below which no density means
 * anything; null when it would be empty.
 */
export function lambdaScale(axis: LambdaAxis, [low, high]: Domain, sigma: number, tickCount: number): AxisScale | null {
  if (!(low < high)) return null;
  switch (axis) {
    case 'linear':
      return linearScale([low, high], tickCount - 1);
    case 'symlog':
      return symlogScale([low, high], sigma, tickCount);
    case 'log': {
      const from = Math.max(low, sigma);
      return from < high ? logScale([from, high], tickCount) : null;
    }
  }
}
