/** What is drawn of the runs: each of them, or of each colour the middle and the range. */
import { counted, groupBy, meanCurve, medianSeries, type ChartSeries, type DensityCurve } from '@ritz/charts';
import type { NamedRun } from './NamedRun.ts';
import { seriesOf, type Quantity } from './quantities.ts';
import type { ErrorBounds } from './useErrorBounds.ts';

export const drawings = ['runs', 'range'] as const;
export type Drawing = (typeof drawings)[number];

/** Beyond this many runs, colours that several of them share are summed up unless it is said otherwise. */
const fewRuns = 8;

export function usualDrawing(runs: readonly NamedRun[]): Drawing {
  const colours = new Set(runs.map(({ group }) => group.id)).size;
  return runs.length > fewRuns && colours < runs.length ? 'range' : 'runs';
}

const byColour = (runs: readonly NamedRun[]) => groupBy(runs, ({ group }) => group.id);

export function drawnSeries(
  quantity: Quantity,
  runs: readonly NamedRun[],
  drawing: Drawing,
  bounds?: ErrorBounds,
): ChartSeries[] {
  switch (drawing) {
    case 'runs':
      return seriesOf(quantity, runs, bounds);
    case 'range':
      return byColour(runs).flatMap(({ members }) => {
        const measured = seriesOf(quantity, members).filter(({ y }) => y.some((value) => value !== null));
        const group = members[0]?.group;
        if (!group || measured.length < 2) return measured;
        const label = `${group.name}, median of ${counted(measured.length, 'run')}`;
        return medianSeries(measured, { ...group, label }, quantity.logged ? 'any' : 'common') ?? measured;
      });
  }
}

/** Of densities the mean, which is a density too. */
export function drawnCurves(
  curves: readonly DensityCurve[],
  runs: readonly NamedRun[],
  drawing: Drawing,
): readonly DensityCurve[] {
  const byId = new Map(curves.map((curve) => [curve.id, curve]));
  switch (drawing) {
    case 'runs':
      return runs.flatMap(({ id }) => byId.get(id) ?? []);
    case 'range':
      return byColour(runs).flatMap(({ members }) => {
        const found = members.flatMap(({ id }) => byId.get(id) ?? []);
        const group = members[0]?.group;
        if (!group || found.length < 2) return found;
        const label = `${group.name}, mean of ${counted(found.length, 'run')}`;
        return meanCurve(found, { ...group, label, weight: 'strong' }) ?? found;
      });
  }
}
