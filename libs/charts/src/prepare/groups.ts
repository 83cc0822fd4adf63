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

/**
 * The mean of curves at the x common to all, without interpolation. Null for fewer than two curves or no common x.
 */
export function meanSeries(
  series: readonly ChartSeries[],
  name: Pick<ChartSeries, 'id' | 'label' | 'style'>,
): ChartSeries | null {
  const [first, ...rest] = series.map(
    ({ x, y }) => new Map(x.flatMap((at, index): [number, number][] => [[at, y[index] ?? Number.NaN]])),
  );
  if (!first || rest.length === 0) return null;
  const common = [...first.keys()].filter((at) =>
    [first, ...rest].every((curve) => Number.isFinite(curve.get(at) ?? Number.NaN)),
  );
  if (common.length === 0) return null;
  const mean = (at: number): number =>
    [first, ...rest].reduce((sum, curve) => sum + (curve.get(at) ?? 0), 0) / series.length;
  return { ...name, weight: 'strong', x: common, y: common.map(mean) };
}
