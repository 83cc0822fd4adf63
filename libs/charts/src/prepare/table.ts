/** A figure as a table: one column per curve, one row per x, and as comma-separated values (RFC 4180). */
import type { ChartSeries } from './ChartSeries.ts';

/** A number or name; null: not measured. */
export type TableCell = number | string | null;

export interface FigureTable {
  readonly columns: readonly string[];
  /** Each of the same length as `columns`. */
  readonly rows: readonly (readonly TableCell[])[];
}

interface Column {
  readonly label: string;
  readonly x: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A curve with the ends of its error bars, if any. */
function columnsOf({ label, x, y, lower, upper }: ChartSeries): Column[] {
  const value = { label, x, values: y };
  if (!lower || !upper) return [value];
  return [value, { label: `${label}, lower`, x, values: lower }, { label: `${label}, upper`, x, values: upper }];
}

/** Curves side by side on the union of their grids. */
export function figureTable(xName: string, series: readonly ChartSeries[]): FigureTable {
  const columns = series.flatMap(columnsOf);
  const rows = new Map<number, (number | null)[]>();
  for (const [column, { x, values }] of columns.entries()) {
    for (const [index, at] of x.entries()) {
      const row = rows.get(at) ?? [at, ...columns.map(() => null)];
      row[column + 1] = values[index] ?? null;
      rows.set(at, row);
    }
  }
  return {
    columns: [xName, ...columns.map(({ label }) => label)],
    rows: [...rows].sort(([a], [b]) => a - b).map(([, row]) => row),
  };
}

/** An apostrophe before what a spreadsheet would take for a formula, which may call programs or send the table elsewhere. */
function plain(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Full precision; empty where not measured. */
export function toCsv({ columns, rows }: FigureTable): string {
  const field = (cell: TableCell): string => {
    if (cell === null) return '';
    return typeof cell === 'string' ? quote(plain(cell)) : String(cell);
  };
  const lines = [columns.map((name) => quote(plain(name))), ...rows.map((row) => row.map(field))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}
