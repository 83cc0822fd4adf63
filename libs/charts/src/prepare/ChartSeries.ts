/** One curve to draw, as parallel arrays in the units of the axes. */

export interface ChartSeries {
  /** Unique within a chart. */
  readonly id: string;
  readonly label: string;
  /** Number of its style, see `seriesStyle`. */
  readonly style: number;
  /** Ascending. */
  readonly x: readonly number[];
  /** Same length as `x`; null: not measured, drawn as a gap. */
  readonly y: readonly (number | null)[];
  /** Ends of its error bars, same length as `x`; null: unknown. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
  /** `lower` and `upper` are the edges of a band, not of error bars. */
  readonly band?: boolean;
  /** `faint` for members of a group, `strong` for their summary; default `plain`. */
  readonly weight?: SeriesWeight;
  /** Constant from each x to the next (a cumulative share); default: straight lines. */
  readonly staircase?: boolean;
}

export type SeriesWeight = 'faint' | 'plain' | 'strong';
