import { describe, expect, it } from 'vitest';
import { DenseOperator, diagonal } from './testing/denseOperator.ts';
import { hasConverged, type Coefficients } from './convergence.ts';
import { lanczos } from './lanczos.ts';

describe('hasConverged', () => {
  async function after(steps: number, spectrum: readonly number[]): Promise<Coefficients[]> {
    const operator = new DenseOperator(diagonal(spectrum));
    const { probes } = await lanczos(operator, { steps, probes: 3, seed: 2, precision: 'float64' });
    return probes.map(({ alpha, beta, breakdown }) => ({ alpha: [...alpha], beta: [...beta], breakdown }));
  }
  /** Two far outliers, found at once, and a wide bulk, which takes many steps. */
  const wide = [-10, 10, ...Array.from({ length: 398 }, (_, i) => -6 + (12 * i) / 397)];
  const tolerance = 0.005;

  it('waits for the density even where the extremes have converged', async () => {
    const early = await after(30, wide);
    const [value = 0] = early.map(({ beta }) => beta.length);
    expect(value).toBe(30);
    expect(hasConverged(early, 0.2)).toBe(true);
    expect(hasConverged(early, tolerance)).toBe(false);
    expect(hasConverged(await after(200, wide), tolerance)).toBe(true);
  });

  it('waits for the extremes even where the density has converged', async () => {
    // The one negative eigenvalue has hardly any weight and stands close to the bulk.
    const spectrum = [50, ...Array.from({ length: 398 }, (_, i) => 0.01 * Math.cos((Math.PI * i) / 397)), -0.0115];
    expect(hasConverged(await after(3, spectrum), 1e-4)).toBe(false);
    expect(hasConverged(await after(60, spectrum), 1e-4)).toBe(true);
  });

  it('takes a probe that ended in an invariant space as it is', async () => {
    expect(hasConverged(await after(10, [1, 1, 2, 2, 7]), 1e-9)).toBe(true);
  });
});
