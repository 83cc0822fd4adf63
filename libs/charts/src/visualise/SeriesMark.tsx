/** The line sample of a curve in legends, tooltips and tables. */
import { seriesStyle } from '../prepare/seriesStyle.ts';
import type { SeriesWeight } from '../prepare/ChartSeries.ts';
import { weights } from './weights.ts';

export interface SeriesMarkProps {
  readonly style: number;
  readonly weight?: SeriesWeight | undefined;
  /** Without the dashes, as a curve that is alone on its chart. */
  readonly solid?: boolean;
  /** In CSS pixels. */
  readonly width?: number;
}

export function SeriesMark({ style, weight = 'plain', solid = false, width = 26 }: SeriesMarkProps) {
  const { colour, dash } = seriesStyle(style);
  const look = weights[weight];
  return (
    <svg className="ritz-mark" width={width} height={8} aria-hidden="true" focusable="false">
      <line
        x1={0}
        x2={width}
        y1={4}
        y2={4}
        stroke={colour}
        strokeWidth={look.width + 0.5}
        strokeOpacity={look.opacity}
        {...(dash === null || solid ? {} : { strokeDasharray: dash })}
      />
    </svg>
  );
}
