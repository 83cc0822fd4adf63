/** The curves of a chart: straight lines between measured points, never across a gap. */
import { Line } from 'recharts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import type { Stretch } from '../prepare/rows.ts';
import { weights } from './weights.ts';

/** Up to this many points are marked individually. */
const dotsUpTo = 40;

/**
 * Dashes make peaks look broken: a curve that is alone on its chart, but for faint ones, needs none to be told apart, nor do summaries with
 * colours of their own. Returns elements rather than a component: Recharts looks for curves among a chart's direct children.
 */
export function curves(stretches: readonly Stretch[]) {
  const styles = new Map(
    stretches
      .filter(({ series }) => series.weight !== 'faint')
      .map(({ series }) => [series.id, seriesStyle(series.style).colour]),
  );
  const alone = styles.size === 1;
  const inColours = new Set(styles.values()).size === styles.size;
  /** Whether it is told apart without dashes. */
  const solid = ({ weight }: ChartSeries): boolean =>
    (alone && weight !== 'faint') || (inColours && weight === 'strong');
  return stretches.map(({ key, series, length }) => {
    const { colour, dash } = seriesStyle(series.style);
    const { width, opacity } = weights[series.weight ?? 'plain'];
    const staircase = series.staircase === true;
    const marked = length === 1 || (series.x.length <= dotsUpTo && !staircase);
    return (
      <Line
        key={key}
        className={`series-${series.id}`}
        dataKey={key}
        type={staircase ? 'stepAfter' : 'linear'}
        connectNulls
        isAnimationActive={false}
        stroke={colour}
        strokeWidth={width}
        strokeOpacity={opacity}
        {...(dash === null || solid(series) ? {} : { strokeDasharray: dash })}
        dot={
          marked ? { r: width + 0.75, fill: colour, fillOpacity: opacity, stroke: 'none', strokeDasharray: '0' } : false
        }
        activeDot={{ r: 4, fill: colour, stroke: 'var(--chart-surface)', strokeWidth: 1.5 }}
      />
    );
  });
}
