/** Data of the small multiples: the runs split by rows and columns, on axes shared by all of them. */
import {
  densityFigure,
  figureTable,
  type AxisScale,
  type ChartSeries,
  type DensityCurve,
  type DensityFigure,
  type DensityView,
  type FigureTable,
} from '@ritz/charts';
import { drawnCurves, drawnSeries, type Drawing } from './drawings.ts';
import { groupsOf, type Grouping, type Keys } from './groupings.ts';
import type { NamedRun } from './NamedRun.ts';
import type { Quantity } from './quantities.ts';

/** What the runs are split by. */
export interface Split {
  readonly rows: Grouping | null;
  readonly columns: Grouping | null;
}

interface Cell {
  /** The settings its runs share. */
  readonly name: string;
  readonly runs: readonly NamedRun[];
}

export type Multiple = Cell & { readonly series: readonly ChartSeries[] } & (
    | { readonly kind: 'density'; readonly figure: DensityFigure | null }
    | { readonly kind: 'steps'; readonly y: AxisScale }
  );

/** Rows of cells, each row with all columns; a cell without runs is empty. */
export function cellsOf(runs: readonly NamedRun[], keys: Keys, { rows, columns }: Split): readonly (readonly Cell[])[] {
  const across = groupsOf(runs, keys, columns).map(({ name }) => name);
  return groupsOf(runs, keys, rows).map((row) => {
    const own = new Map(groupsOf(row.members, keys, columns).map(({ name, members }) => [name, members]));
    return across.map((column) => ({
      name: [row.name, column].filter((part) => part !== '').join(' · '),
      runs: own.get(column) ?? [],
    }));
  });
}

export function densityMultiple(
  cell: Cell,
  drawing: Drawing,
  curves: readonly DensityCurve[],
  view: DensityView,
): Multiple {
  const figure = densityFigure(drawnCurves(curves, cell.runs, drawing), view, curves);
  return { ...cell, kind: 'density', figure, series: figure?.series ?? [] };
}

/** @param y of all cells */
export function quantityMultiple(cell: Cell, drawing: Drawing, quantity: Quantity, y: AxisScale): Multiple {
  return { ...cell, kind: 'steps', y, series: drawnSeries(quantity, cell.runs, drawing) };
}

/** All curves of all cells in one table, each under the name of its cell. */
export function tableOfMultiples(xName: string, multiples: readonly Multiple[]): FigureTable {
  return figureTable(
    xName,
    multiples.flatMap(({ name, series }) =>
      series.map((one) => ({ ...one, label: name === '' ? one.label : `${name}: ${one.label}` })),
    ),
  );
}
