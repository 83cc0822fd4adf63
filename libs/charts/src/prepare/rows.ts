/**
 * Rows for Recharts out of curves with grids of their own, without inventing a value.
 *
 * A row exists for every x of any curve; it holds a key for each curve that has a value exactly there. Recharts then joins
 * the values of one key across rows that lack it. So that it does not join across what was not measured, a curve with
 * gaps becomes one key per stretch between gaps.
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

/** Places every value of every series; what `y` cannot place (null, or ≤ 0 on a logarithmic axis) is a gap. */
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
