/** A figure as a table: one column per curve, one row per x, and as comma-separated values (RFC 4180). */
import type { ChartSeries } from './ChartSeries.ts';

export interface FigureTable {
  readonly columns: readonly string[];
  /** Each as long as `columns`; null = not measured. */
  readonly rows: readonly (readonly (number | null)[])[];
}

/** Curves side by side on the union of their grids. */
export function figureTable(xName: string, series: readonly ChartSeries[]): FigureTable {
  const rows = new Map<number, (number | null)[]>();
  for (const [column, one] of series.entries()) {
    for (const [index, x] of one.x.entries()) {
      const row = rows.get(x) ?? [x, ...series.map(() => null)];
      row[column + 1] = one.y[index] ?? null;
      rows.set(x, row);
    }
  }
  return {
    columns: [xName, ...series.map(({ label }) => label)],
    rows: [...rows.values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
  };
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Full precision; an empty field where nothing was measured. */
export function toCsv({ columns, rows }: FigureTable): string {
  const lines = [columns.map(quote), ...rows.map((row) => row.map((value) => (value === null ? '' : String(value))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}
