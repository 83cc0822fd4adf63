/** Densities of spectra made ready to draw: one pair of axes, curves and bands on them, outliers as a rug below. */
import { linearScale, logScale, symlogScale, type AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { densityFloor } from './densityFloor.ts';
import { chartRows, type Stretch } from './rows.ts';
import { thin } from './thin.ts';

/** One spectrum's density on its grid, with ± one standard error. */
export interface DensityCurve {
  readonly id: string;
  readonly label: string;
  readonly style: number;
  readonly lambda: readonly number[];
  readonly density: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Width of the kernel. */
  readonly sigma: number;
  /** n; null if unknown. */
  readonly parameterCount: number | null;
  /** Eigenvalues that stand apart. */
  readonly outliers: readonly number[];
}

export interface DensityFigure {
  readonly x: AxisScale;
  readonly y: AxisScale;
  /** Rows of positions: curves by stretch key, bands as `[lower, upper]` under band key. */
  readonly rows: readonly Readonly<Record<string, number | readonly [number, number]>>[];
  readonly stretches: readonly Stretch[];
  readonly bands: readonly { readonly key: string; readonly style: number }[];
  /** Positions. */
  readonly rugs: readonly {
    readonly key: string;
    readonly x: number;
    readonly from: number;
    readonly to: number;
    readonly style: number;
  }[];
  /** Densities below it are drawn on it. */
  readonly floor: number;
  /** The curves in their own units, thinned as drawn but not floored. */
  readonly series: readonly ChartSeries[];
}

export type LambdaAxis = 'symlog' | 'linear';

/** Stretches of the axis that keep their two extremes each: about a point per two pixels of a wide screen. */
const BUCKETS = 300;
/** Room below the floor for the rug, in decades, and above the highest density. */
const RUG_DECADES = 0.55;
const TOP_FACTOR = 2;

/** Null when there is no curve. */
export function densityFigure(curves: readonly DensityCurve[], axis: LambdaAxis): DensityFigure | null {
  const low = Math.min(...curves.map(({ lambda }) => lambda[0] ?? Infinity));
  const high = Math.max(...curves.map(({ lambda }) => lambda.at(-1) ?? -Infinity));
  if (!(low < high)) return null;
  const sigma = Math.min(...curves.map((curve) => curve.sigma));
  const x = axis === 'linear' ? linearScale([low, high], 8) : symlogScale([low, high], sigma, 9);
  const highest = Math.max(...curves.flatMap(({ upper, density }) => [...upper, ...density]));
  const floor = Math.min(...curves.map((curve) => densityFloor(curve.sigma, curve.parameterCount, highest)));
  const full = logScale([floor / 10 ** RUG_DECADES, Math.max(highest * TOP_FACTOR, floor * 10)], 8);
  const y = { ...full, ticks: full.ticks.filter((tick) => tick >= floor * (1 - 1e-9)) };
  const floored = (value: number): number => Math.max(value, floor);

  const thinned = curves.map((curve) => {
    const kept = thin(curve.lambda.map(x.position), curve.density, BUCKETS);
    const pick = (column: readonly number[]): number[] => kept.map((index) => column[index] ?? 0);
    return {
      ...curve,
      lambda: pick(curve.lambda),
      density: pick(curve.density),
      lower: pick(curve.lower),
      upper: pick(curve.upper),
    };
  });
  const series = thinned.map(({ id, label, style, lambda, density }) => ({ id, label, style, x: lambda, y: density }));
  const drawn = series.map((one) => ({ ...one, y: one.y.map(floored) }));
  const { rows, stretches } = chartRows(drawn, x, y);

  const byPlace = new Map<number, Record<string, number | readonly [number, number]>>(
    rows.map((row) => [row.x, { ...row }]),
  );
  const bands = thinned.map(({ lambda, lower, upper, style }, number) => {
    const key = `band${String(number)}`;
    for (const [index, value] of lambda.entries()) {
      const row = byPlace.get(x.position(value));
      if (row) row[key] = [y.position(floored(lower[index] ?? 0)), y.position(floored(upper[index] ?? 0))];
    }
    return { key, style };
  });

  const bottom = y.position(y.domain[0]);
  const strip = (y.position(floor) - bottom) / Math.max(1, curves.length);
  const rugs = curves.flatMap(({ outliers, style }, number) =>
    outliers
      .filter((value) => value >= low && value <= high)
      .map((value, index) => ({
        key: `rug${String(number)}.${String(index)}`,
        x: x.position(value),
        from: bottom + number * strip,
        to: bottom + (number + 0.85) * strip,
        style,
      })),
  );
  return { x, y, rows: [...byPlace.values()], stretches, bands, rugs, floor, series };
}
