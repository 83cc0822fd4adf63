/** The short stroke that stands for a curve in legends, tooltips and tables. */
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { LINE_WIDTH } from './theme.ts';

export interface SeriesMarkProps {
  readonly style: number;
  /** In CSS pixels. */
  readonly width?: number;
}

export function SeriesMark({ style, width = 26 }: SeriesMarkProps) {
  const { colour, dash } = seriesStyle(style);
  return (
    <svg className="ritz-mark" width={width} height={8} aria-hidden="true" focusable="false">
      <line
        x1={0}
        x2={width}
        y1={4}
        y2={4}
        stroke={colour}
        strokeWidth={LINE_WIDTH + 0.5}
        {...(dash === null ? {} : { strokeDasharray: dash })}
      />
    </svg>
  );
}
