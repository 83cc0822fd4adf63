/** Learning rates as a shaded strip at the bottom of a step chart, aligned with their effects. */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import type { Row } from './rows.ts';

export interface ScheduleShade {
  /** The given rows with the strip's values, ascending by x. */
  readonly rows: readonly (Row | Readonly<Record<string, number | readonly [number, number]>>)[];
  readonly shades: readonly { readonly key: string; readonly style: number }[];
}

/** Height of the highest rate as a share of the chart. */
const height = 0.14;

/** Linear in the rate from 0; the highest rate in `schedule` sets the scale. Steps of equal rate are skipped. */
export function scheduleShade(
  rows: readonly Row[],
  schedule: readonly ChartSeries[],
  x: AxisScale,
  y: AxisScale,
): ScheduleShade {
  const highest = Math.max(0, ...schedule.flatMap((one) => one.y.map((rate) => rate ?? 0)));
  if (!(highest > 0)) return { rows, shades: [] };
  const bottom = y.position(y.domain[0]);
  const reach = height * (y.position(y.domain[1]) - bottom);
  const byPlace = new Map<number, Record<string, number | readonly [number, number]>>(
    rows.map((row) => [row.x, { ...row }]),
  );
  const shades = schedule.map((one, number) => {
    const key = `rate${String(number)}`;
    for (const [index, step] of one.x.entries()) {
      const rate = one.y[index];
      const same = index > 0 && index < one.x.length - 1 && one.y[index - 1] === rate && one.y[index + 1] === rate;
      if (typeof rate !== 'number' || same) continue;
      const place = x.position(step);
      const row = byPlace.get(place) ?? { x: place };
      row[key] = [bottom, bottom + reach * (rate / highest)];
      byPlace.set(place, row);
    }
    return { key, style: one.style };
  });
  const merged = [...byPlace].sort(([a], [b]) => a - b).map(([, row]) => row);
  return { rows: merged, shades };
}
