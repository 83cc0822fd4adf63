/** Stroke style by curve weight. */
import type { SeriesWeight } from '../prepare/ChartSeries.ts';
import { LINE_WIDTH } from './theme.ts';

export const WEIGHTS: Readonly<Record<SeriesWeight, { readonly width: number; readonly opacity: number }>> = {
  faint: { width: 1, opacity: 0.55 },
  plain: { width: LINE_WIDTH, opacity: 1 },
  strong: { width: 3, opacity: 1 },
};
