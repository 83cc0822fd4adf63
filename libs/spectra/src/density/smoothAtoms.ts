/** Weighted points smoothed with a kernel, on an even grid. */
import type { Atoms } from '../ritz/spectralMeasure.ts';
import { between, type Kernel } from './kernels.ts';

export function spacingOf(grid: Float64Array): number {
  return (grid[1] ?? 0) - (grid[0] ?? 0);
}

/** Whether points so far apart cannot show a kernel of this σ. */
export function isCoarse(spacing: number, sigma: number): boolean {
  return spacing > sigma / 2;
}

/**
 * Σ w_a K(λ_i − θ_a) at each point of the grid, ascending and equidistant. Where the grid is coarser than half the kernel's σ the
 * mean over each grid cell is taken instead of the value at its middle, so that the sum over the grid stays 1.
 */
export function smoothAtoms(
  { nodes, weights }: Atoms,
  grid: Float64Array,
  kernel: Kernel,
  sigma: number,
): Float64Array {
  const out = new Float64Array(grid.length);
  const start = grid[0] ?? 0;
  const h = spacingOf(grid);
  const coarse = isCoarse(h, sigma);
  const width = kernel.reach * sigma + h;
  for (let a = 0; a < nodes.length; a++) {
    const node = nodes[a] as number;
    const weight = weights[a] as number;
    const from = Math.max(0, Math.ceil((node - width - start) / h));
    const to = Math.min(grid.length - 1, Math.floor((node + width - start) / h));
    if (from > to) continue;
    const samples = { from, to, x0: (grid[from] as number) - node, h };
    if (coarse) accumulateCells(out, kernel, weight, sigma, samples);
    else kernel.accumulate(out, weight, sigma, samples);
  }
  return out;
}

/** Adds the mean of the kernel over each cell of width h; the tail at an edge serves the cells on both sides of it. */
function accumulateCells(
  out: Float64Array,
  kernel: Kernel,
  weight: number,
  sigma: number,
  { from, to, x0, h }: { readonly from: number; readonly to: number; readonly x0: number; readonly h: number },
): void {
  let left = x0 - h / 2;
  let tailOfLeft = kernel.tail(Math.abs(left), sigma);
  for (let i = from; i <= to; i++) {
    const right = x0 + (i - from + 0.5) * h;
    const tailOfRight = kernel.tail(Math.abs(right), sigma);
    out[i] = (out[i] as number) + (weight / h) * between(left, tailOfLeft, right, tailOfRight);
    left = right;
    tailOfLeft = tailOfRight;
  }
}
