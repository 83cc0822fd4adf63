/** Prepares a quantity of several rows (the blocks of a network) over steps for a heat map. */
import { asinhScale, linearScale, logScale, type AxisScale } from './axisScale.ts';
import { formatNumber } from './formatNumber.ts';
import { heatColour } from './heatColour.ts';
import type { HeatRaster } from './heatRaster.ts';
import type { FigureTable } from './table.ts';

export interface MatrixRows {
  /** From the top. */
  readonly rows: readonly string[];
  /** Ascending. */
  readonly steps: readonly number[];
  /** A row for each of `rows`, in it a value for each of `steps`; null: not measured. */
  readonly values: readonly (readonly (number | null)[])[];
}

export interface MatrixMap extends MatrixRows {
  /** From values to colours. */
  readonly scale: AxisScale;
}

/** A wider range of positive values is logarithmic. */
const widestLinear = 20;
/** Linear part of an arsinh scale as a share of the largest magnitude. */
const linearPart = 1e-3;

function scaleOf(values: readonly number[]): AxisScale | null {
  if (values.length === 0) return null;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (low === high) return linearScale([low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2]);
  if (low > 0 && high / low > widestLinear) return logScale([low, high]);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (low < 0 && high > 0) return asinhScale([low, high], largest * linearPart);
  return linearScale([low, high]);
}

/** Null without a value. */
export function matrixMap(matrix: MatrixRows): MatrixMap | null {
  const finite = matrix.values.flat().filter((value) => value !== null && Number.isFinite(value)) as number[];
  const scale = scaleOf(finite);
  return scale && { ...matrix, scale };
}

/** An axis whose rows are one unit high, the first at the top, named at their middle. */
export function rowAxis(rows: readonly string[], mostNames: number): AxisScale {
  const stride = Math.ceil(rows.length / mostNames);
  const middles = rows.map((_unused, index) => rows.length - index - 0.5);
  return {
    ...linearScale([0, rows.length]),
    ticks: middles.filter((_unused, index) => index % stride === 0).reverse(),
    format: (place) => rows[rows.length - Math.ceil(place)] ?? '',
  };
}

export interface MatrixCell {
  readonly row: string;
  readonly step: number;
  readonly value: number | null;
}

/** The cell nearest to a step, in the row at a share of the height from the top; null without rows or steps. */
export function cellAt(
  { rows, steps, values }: MatrixRows,
  step: number,
  down: number,
  x: AxisScale,
): MatrixCell | null {
  const index = Math.min(rows.length - 1, Math.max(0, Math.floor(down * rows.length)));
  const off = (at: number): number => Math.abs(x.position(at) - x.position(step));
  const column = steps.reduce((best, at, candidate) => (off(at) < off(steps[best] ?? Infinity) ? candidate : best), 0);
  const [row, at] = [rows[index], steps[column]];
  return row === undefined || at === undefined ? null : { row, step: at, value: values[index]?.[column] ?? null };
}

const columns = 480;

/** One pixel row for each row, 480 columns along the step axis; each shows the nearest measured step, unmeasured ones nothing. */
export function matrixRaster({ rows, steps, values, scale }: MatrixMap, x: AxisScale): HeatRaster {
  const [start, end] = x.domain.map(x.position) as [number, number];
  const places = steps.map(x.position);
  const [low, high] = scale.domain.map(scale.position) as [number, number];
  const reach =
    places.length > 1 ? ((places.at(-1) ?? 0) - (places[0] ?? 0)) / (places.length - 1) / 2 : (end - start) / 40;
  const pixels = new Uint8ClampedArray(columns * rows.length * 4);
  let nearest = 0;
  for (let column = 0; column < columns; column++) {
    const place = start + ((end - start) * (column + 0.5)) / columns;
    const off = (index: number): number => Math.abs((places[index] ?? Infinity) - place);
    while (nearest < places.length - 1 && off(nearest + 1) <= off(nearest)) nearest++;
    if (place < (places[0] ?? 0) - reach || place > (places.at(-1) ?? 0) + reach) continue;
    for (let row = 0; row < rows.length; row++) {
      const value = values[row]?.[nearest] ?? null;
      if (value === null || !Number.isFinite(value)) continue;
      const level = (scale.position(value) - low) / (high - low);
      pixels.set([...heatColour(level), 255], 4 * (row * columns + column));
    }
  }
  return { width: columns, height: rows.length, pixels };
}

/** One row per step, one column per row of the map. */
export function matrixTable({ rows, steps, values }: MatrixRows): FigureTable {
  return {
    columns: ['step', ...rows],
    rows: steps.map((step, index) => [step, ...rows.map((_unused, row) => values[row]?.[index] ?? null)]),
  };
}

/** `attention at step 1,000: 12.3`. */
export function describeCell(
  { row, step, value }: MatrixCell,
  format: (value: number) => string = formatNumber,
): string {
  return `${row} at step ${formatNumber(step)}: ${value === null ? 'not measured' : format(value)}`;
}
