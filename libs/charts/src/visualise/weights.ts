/** Stroke style by curve weight. */
import type { SeriesWeight } from '../prepare/ChartSeries.ts';
import { lineWidth } from './theme.ts';

export const weights: Readonly<Record<SeriesWeight, { readonly width: number; readonly opacity: number }>> = {
  faint: { width: 1, opacity: 0.55 },
  plain: { width: lineWidth, opacity: 1 },
  strong: { width: 3, opacity: 1 },
};
