/**
 * Converts curves with different grids to Recharts rows, without interpolation.
 *
 * There is one row per distinct x, with a key for each curve that has a value there. Recharts joins the values of a key across rows that lack it; so that it does not join across gaps, a curve becomes one key per segment between gaps.
 */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';

export interface Row {
  /** Position on the x axis. */
  readonly x: number;
  /** Positions on the y axis, by stretch key. */
  readonly [key: string]: number;
}

export interface Stretch {
  /** Key of its values in the rows. */
  readonly key: string;
  readonly series: ChartSeries;
  /** How many values it joins. */
  readonly length: number;
}

export interface Rows {
  /** Ascending by x. */
  readonly rows: readonly Row[];
  readonly stretches: readonly Stretch[];
}

/** Positions every value; values that `y` cannot place (null, or ≤ 0 on a log axis) are gaps. */
export function chartRows(series: readonly ChartSeries[], xScale: AxisScale, yScale: AxisScale): Rows {
  const rows = new Map<number, Record<string, number> & { x: number }>();
  const stretches: Stretch[] = [];
  for (const [number, one] of series.entries()) {
    let key = '';
    let length = 0;
    let count = 0;
    const close = (): void => {
      if (length > 0) stretches.push({ key, series: one, length });
      length = 0;
    };
    for (const [index, x] of one.x.entries()) {
      const value = one.y[index] ?? null;
      const y = value === null ? Number.NaN : yScale.position(value);
      const place = xScale.position(x);
      if (!Number.isFinite(y) || !Number.isFinite(place)) {
        close();
        continue;
      }
      if (length === 0) key = `s${String(number)}.${String(count++)}`;
      length++;
      const row = rows.get(place) ?? { x: place };
      row[key] = y;
      rows.set(place, row);
    }
    close();
  }
  return { rows: [...rows.values()].sort((a, b) => a.x - b.x), stretches };
}
