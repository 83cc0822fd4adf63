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
  /** Ends of its error bars, as long as `x`; null = not known there. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
  /** `faint` for members of a group, `strong` for what sums them up; `plain` unless given. */
  readonly weight?: SeriesWeight;
  /** Constant from each x to the next, such as a cumulative share; straight lines unless given. */
  readonly staircase?: boolean;
}

export type SeriesWeight = 'faint' | 'plain' | 'strong';
