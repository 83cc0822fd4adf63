/** The λ axis on one of three scales. */
import { linearScale, logScale, symlogScale, type AxisScale, type Domain } from './axisScale.ts';

/** `symlog` shows both signs over decades, `log` the positive side only, `linear` is undistorted. */
export type LambdaAxis = 'symlog' | 'log' | 'linear';

/**
 * From `low` to `high`. A logarithmic axis starts at `sigma`, the kernel width, below which the density is not resolved; null if it would be empty.
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
