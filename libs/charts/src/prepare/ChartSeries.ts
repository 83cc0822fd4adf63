/** One curve to draw, as parallel arrays in the units of the axes. */

export interface ChartSeries {
  /** Unique within a chart. */
  readonly id: string;
  readonly label: string;
  /** Which of the stable styles it is drawn in: see `seriesStyle`. */
  readonly style: number;
  /** Ascending. */
  readonly x: readonly number[];
  /** As long as `x`; null = not measured there, which is drawn as a gap. */
  readonly y: readonly (number | null)[];
}
