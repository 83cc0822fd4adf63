/** Limits the number and length of curves in a chart; a note says what is omitted, and the table keeps it. */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { formatNumber } from './formatNumber.ts';
import { thin } from './thin.ts';

/** More curves cannot be told apart. */
export const mostSeries = 50;
/** More points than pixels. */
export const mostPoints = 1000;

export interface Drawable {
  readonly series: readonly ChartSeries[];
  /** A sentence that says what is omitted; empty if nothing is. */
  readonly note: string;
}

/** The first `mostSeries` curves, long ones downsampled with local extremes kept. */
export function drawable(series: readonly ChartSeries[], x: AxisScale): Drawable {
  const kept = series.slice(0, mostSeries);
  const drawn = kept.map((one) => (one.x.length > mostPoints ? thinned(one, x) : one));
  const notes = [
    kept.length < series.length &&
      `Showing the first ${String(kept.length)} of ${formatNumber(series.length)} curves; the table and the CSV have all.`,
    drawn.some((one, index) => one !== kept[index]) &&
      `Each curve shows at most ${formatNumber(mostPoints)} points; local extremes are kept.`,
  ];
  return { series: drawn, note: notes.filter((note) => note !== false).join(' ') };
}

/** Two extremes and one gap per axis interval. */
function thinned(series: ChartSeries, { position }: AxisScale): ChartSeries {
  const places = series.x.map(position);
  const buckets = Math.floor((mostPoints - 4) / 3);
  const last = places.length - 1;
  const width = ((places[last] ?? 0) - (places[0] ?? 0)) / buckets;
  const gaps = new Map<number, number>();
  const measured: number[] = [];
  for (const [index, place] of places.entries()) {
    if ((series.y[index] ?? null) !== null) measured.push(index);
    else gaps.set(Math.floor((place - (places[0] ?? 0)) / width), index);
  }
  const values = measured.map((index) => series.y[index] ?? 0);
  const extremes = thin(
    measured.map((index) => places[index] ?? 0),
    values,
    buckets,
  ).map((index) => measured[index] ?? 0);
  const kept = [...new Set([...extremes, ...gaps.values()])].sort((a, b) => a - b);
  const pick = <Value>(column: readonly Value[]): Value[] => column.filter((_unused, index) => keep.has(index));
  const keep = new Set(kept);
  return {
    ...series,
    x: pick(series.x),
    y: pick(series.y),
    ...(series.lower && series.upper ? { lower: pick(series.lower), upper: pick(series.upper) } : {}),
  };
}
