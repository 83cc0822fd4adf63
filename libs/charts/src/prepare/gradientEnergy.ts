/** Distribution of a gradient's energy over the eigenvalues, as cumulative shares on a λ axis. */
import { pooledMeasure, type MeasuredSpectrum } from '@ritz/spectra';
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';

/** Weights at ascending nodes that sum to 1. */
export interface EnergyMeasure {
  readonly nodes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

export interface NamedEnergy extends EnergyMeasure {
  readonly label: string;
  readonly style: number;
}

/** Number of axis intervals in which a cumulative share keeps a step. */
const steps = 400;

/**
 * The cumulative share up to each λ, as a staircase over the axis `x`. It starts with the mass below the axis; steps closer than a
 * pixel are merged at the last of them, unless `merged` is false.
 */
export function cumulative(
  { nodes, weights }: EnergyMeasure,
  { domain: [low, high], position }: AxisScale,
  merged = true,
): Pick<ChartSeries, 'x' | 'y'> {
  const [start, end] = [position(low), position(high)];
  const x: number[] = [low];
  const y: number[] = [0];
  let sum = 0;
  let bucket = -1;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] ?? 0;
    if (node > high) break;
    sum += weights[index] ?? 0;
    if (node <= low) {
      y[0] = sum;
      continue;
    }
    const own = Math.floor((steps * (position(node) - start)) / (end - start));
    if (merged && own === bucket) {
      x[x.length - 1] = node;
      y[y.length - 1] = sum;
    } else {
      x.push(node);
      y.push(sum);
    }
    bucket = own;
  }
  if ((x.at(-1) ?? low) < high) {
    x.push(high);
    y.push(y.at(-1) ?? 0);
  }
  return { x, y };
}

/** The gradients' energies beside the share of all eigenvalues, on the density's axis; with every step unless `merged`. */
export function energySeries(
  energies: readonly NamedEnergy[],
  measured: MeasuredSpectrum,
  x: AxisScale,
  merged = true,
): readonly ChartSeries[] {
  const staircase = ({ label, style, ...measure }: NamedEnergy): ChartSeries => ({
    id: label,
    label,
    style,
    staircase: true,
    ...cumulative(measure, x, merged),
  });
  const all = staircase({ ...pooledMeasure(measured), label: 'all eigenvalues, for comparison', style: 7 });
  return [...energies.map(staircase), { ...all, weight: 'faint' }];
}
