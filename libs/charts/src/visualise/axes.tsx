/** The frame of every chart: two titled axes with an `AxisScale` each, and grid lines. */
import { CartesianGrid, XAxis, YAxis } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import { grid, ink, muted, tick } from './theme.ts';

export interface AxesOptions {
  readonly x: AxisScale;
  readonly y: AxisScale;
  /** Null: the chart beneath has the axis. */
  readonly xTitle: string | null;
  /** Null: its labels say what it is. */
  readonly yTitle: string | null;
  /** Room for its labels, in CSS pixels. */
  readonly yWidth?: number;
}

const title = { fill: ink, fontSize: 12 } as const;

/** Returns elements rather than a component: Recharts looks for axes among a chart's direct children. */
export function axes({ x, y, xTitle, yTitle, yWidth = 64 }: AxesOptions) {
  const shared = {
    type: 'number',
    allowDataOverflow: true,
    stroke: muted,
    tick: tick,
    tickLine: { stroke: muted },
  } as const;
  return [
    <CartesianGrid key="grid" stroke={grid} strokeWidth={1} />,
    <XAxis
      key="x"
      {...shared}
      dataKey="x"
      domain={x.domain.map(x.position)}
      ticks={x.ticks.map(x.position)}
      tickFormatter={(place: number) => (xTitle === null ? '' : x.format(x.value(place)))}
      height={xTitle === null ? 8 : 44}
      minTickGap={6}
      {...(xTitle === null ? {} : { label: { value: xTitle, position: 'insideBottom', offset: 2, ...title } })}
    />,
    <YAxis
      key="y"
      {...shared}
      domain={y.domain.map(y.position)}
      ticks={y.ticks.map(y.position)}
      tickFormatter={(place: number) => y.format(y.value(place))}
      width={yWidth}
      interval={0}
      {...(yTitle === null
        ? {}
        : {
            label: {
              value: yTitle,
              angle: -90,
              position: 'insideLeft',
              offset: 8,
              style: { textAnchor: 'middle' },
              ...title,
            } as const,
          })}
    />,
  ];
}
