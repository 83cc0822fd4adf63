/** The curves of a chart: straight from measured point to measured point, never across a gap. */
import { Line } from 'recharts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import type { Stretch } from '../prepare/rows.ts';
import { LINE_WIDTH } from './theme.ts';

/** Up to this many points are marked one by one. */
const DOTS_UP_TO = 40;

/** Elements, not a component: Recharts looks for its curves among a chart's direct children. */
export function curves(stretches: readonly Stretch[]) {
  return stretches.map(({ key, series, length }) => {
    const { colour, dash } = seriesStyle(series.style);
    const marked = length === 1 || series.x.length <= DOTS_UP_TO;
    return (
      <Line
        key={key}
        dataKey={key}
        type="linear"
        connectNulls
        isAnimationActive={false}
        stroke={colour}
        strokeWidth={LINE_WIDTH}
        {...(dash === null ? {} : { strokeDasharray: dash })}
        dot={marked ? { r: 2.5, fill: colour, stroke: 'none', strokeDasharray: '0' } : false}
        activeDot={{ r: 4, fill: colour, stroke: 'var(--chart-surface)', strokeWidth: 1.5 }}
      />
    );
  });
}
