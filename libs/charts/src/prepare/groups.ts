/** Groups runs by a setting and averages their curves. */
import type { ChartSeries } from './ChartSeries.ts';

export interface Group<Member> {
  /** The value of the setting. */
  readonly name: string;
  readonly members: readonly Member[];
}

/** Groups in order of their first members. */
export function groupBy<Member>(members: readonly Member[], nameOf: (member: Member) => string): Group<Member>[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const name = nameOf(member);
    groups.set(name, [...(groups.get(name) ?? []), member]);
  }
  return [...groups].map(([name, found]) => ({ name, members: found }));
}

/** Which x a summary of curves has. */
export type SummaryAt =
  /** Those of every curve: what is measured rarely is not interpolated. */
  | 'common'
  /** Those of any curve, within the range of all of them, along the straight lines that are drawn. */
  | 'any';

/** The curve with its missing values left out. */
function knownPoints({ x, y }: ChartSeries): readonly (readonly [number, number])[] {
  return x.flatMap((at, index): [number, number][] => {
    const value = y[index] ?? null;
    return value !== null && Number.isFinite(value) ? [[at, value]] : [];
  });
}

/** The values of a curve at ascending places within its range, linear between its points. */
function valuesAt(points: readonly (readonly [number, number])[], places: readonly number[]): number[] {
  let next = 0;
  return places.map((place) => {
    while (next < points.length - 1 && (points[next]?.[0] ?? 0) < place) next++;
    const [x2, y2] = points[next] ?? [place, Number.NaN];
    if (x2 === place) return y2;
    const [x1, y1] = points[next - 1] ?? [x2, y2];
    return y1 + ((y2 - y1) * (place - x1)) / (x2 - x1);
  });
}

/** The mean of the two middle values of an even number. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * The median of curves, with the smallest and the largest of them as a band. Null for fewer than two curves, or where they share no x.
 */
export function medianSeries(
  series: readonly ChartSeries[],
  name: Pick<ChartSeries, 'id' | 'label' | 'style'>,
  at: SummaryAt,
): ChartSeries | null {
  const curves = series.map(knownPoints);
  if (curves.length < 2) return null;
  const x = placesOf(curves, at);
  if (x.length === 0) return null;
  const columns = curves.map((points) => valuesAt(points, x));
  const over = (summary: (values: readonly number[]) => number): number[] =>
    x.map((_unused, index) => summary(columns.map((column) => column[index] ?? Number.NaN)));
  return {
    ...name,
    weight: 'strong',
    band: true,
    x,
    y: over(median),
    lower: over((values) => Math.min(...values)),
    upper: over((values) => Math.max(...values)),
  };
}

function placesOf(curves: readonly (readonly (readonly [number, number])[])[], at: SummaryAt): number[] {
  const columns = curves.map((points) => points.map(([x]) => x));
  switch (at) {
    case 'common': {
      const [first = [], ...rest] = columns;
      const others = rest.map((column) => new Set(column));
      return first.filter((x) => others.every((column) => column.has(x)));
    }
    case 'any': {
      const from = Math.max(...columns.map((column) => column[0] ?? Infinity));
      const to = Math.min(...columns.map((column) => column.at(-1) ?? -Infinity));
      return [...new Set(columns.flat())].filter((x) => x >= from && x <= to).sort((a, b) => a - b);
    }
  }
}
