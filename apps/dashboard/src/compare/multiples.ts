/** Data of the small multiples: each group's members and mean on axes shared by all groups. */
import {
  densityFigure,
  figureTable,
  formatNumber,
  meanCurve,
  meanSeries,
  summaryStyle,
  type AxisScale,
  type ChartSeries,
  type DensityCurve,
  type DensityFigure,
  type DensityView,
  type FigureTable,
} from '@ritz/charts';
import { groupsOf, type Grouping, type Keys } from './groupings.ts';
import type { NamedRun } from './NamedRun.ts';
import { seriesOf, type Quantity } from './quantities.ts';

interface Common {
  /** The setting the group shares. */
  readonly name: string;
  readonly size: number;
  /** Members, followed by their mean if there are several. */
  readonly series: readonly ChartSeries[];
}

export type Multiple = Common &
  (
    | { readonly kind: 'density'; readonly figure: DensityFigure | null }
    | { readonly kind: 'steps'; readonly y: AxisScale }
  );

const meanName = (group: string, size: number) => ({
  id: `mean of ${group}`,
  label: `mean of ${formatNumber(size)} runs`,
  style: summaryStyle,
});

export function densityMultiples(
  runs: readonly NamedRun[],
  keys: Keys,
  by: readonly Grouping[],
  curves: readonly DensityCurve[],
  view: DensityView,
): Multiple[] {
  const byId = new Map(curves.map((curve) => [curve.id, curve]));
  return groupsOf(runs, keys, by).flatMap(({ name, members }): Multiple[] => {
    const found = members.flatMap(({ id }) => byId.get(id) ?? []);
    if (found.length === 0) return [];
    const mean = meanCurve(found, { ...meanName(name, found.length), weight: 'strong' });
    // The bands of many members would hide each other.
    const drawn = mean ? [...found.map((curve) => faint(curve)), mean] : found;
    const figure = densityFigure(drawn, view, curves);
    return [{ kind: 'density', name, size: found.length, figure, series: figure?.series ?? [] }];
  });
}

function faint(curve: DensityCurve): DensityCurve {
  return { ...curve, weight: 'faint', lower: null, upper: null };
}

export function quantityMultiples(
  runs: readonly NamedRun[],
  keys: Keys,
  by: readonly Grouping[],
  quantity: Quantity,
): Multiple[] {
  const y = quantity.scale(seriesOf(quantity, runs));
  return groupsOf(runs, keys, by).map(({ name, members }): Multiple => {
    const own = seriesOf(quantity, members);
    const mean = meanSeries(own, meanName(name, members.length));
    const series = mean ? [...own.map((one) => ({ ...one, weight: 'faint' as const })), mean] : own;
    return { kind: 'steps', name, size: members.length, y, series };
  });
}

/** All curves of all groups in one table, each under its group's name. */
export function tableOfMultiples(xName: string, multiples: readonly Multiple[]): FigureTable {
  return figureTable(
    xName,
    multiples.flatMap(({ name, series }) => series.map((one) => ({ ...one, label: `${name}: ${one.label}` }))),
  );
}
