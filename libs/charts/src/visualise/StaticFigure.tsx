/** A figure of fixed size as plain SVG, which needs no browser to be drawn: for reports that are written by a program. */
import { linearScale, logScale, type AxisScale } from '../prepare/axisScale.ts';
import { valueDomain } from '../prepare/domain.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { grid, ink, muted } from './theme.ts';

type Point = readonly [x: number, y: number];

export interface StaticSeries {
  /** Curves of one name share an entry of the legend. */
  readonly name: string;
  /** A number for `seriesStyle`. */
  readonly style: number;
  /** Measured, marked by dots and joined by a line. */
  readonly points: readonly Point[];
  /** A line to draw instead of the one that joins the points, such as a fit. */
  readonly line?: readonly Point[];
}

export interface StaticFigureProps {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly StaticSeries[];
  readonly logY: boolean;
  /** Labelled vertical lines. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
}

const figureWidth = 760;
const figureHeight = 360;
const plotLeft = 76;
const plotRight = figureWidth - 12;
const plotTop = 42;
const plotBottom = figureHeight - 48;
const legendLine = 18;
const titleStyle = { fill: ink, fontSize: 12 } as const;

/** The place of a value between two ends in pixels. */
export function placeOn({ domain, position }: AxisScale, from: number, to: number): (value: number) => number {
  const [low, high] = domain.map(position) as [number, number];
  return (value) => from + ((position(value) - low) / (high - low)) * (to - from);
}

function pathOf(points: readonly Point[], across: (x: number) => number, up: (y: number) => number): string {
  return points.map(([x, y]) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`).join(' ');
}

/** Points that a logarithmic axis cannot show are left out; without any, the figure says so. */
export function StaticFigure({ title, xTitle, yTitle, series, logY, marks = [] }: StaticFigureProps) {
  const drawn = series
    .map((one) => ({ ...one, points: one.points.filter(([, y]) => !logY || y > 0) }))
    .filter(({ points }) => points.length > 0);
  const xDomain = valueDomain(drawn.map(({ points }) => points.map(([x]) => x)));
  const yDomain = valueDomain(
    drawn.flatMap(({ points, line = [] }) => [points, line].map((of) => of.map(([, y]) => y))),
    { positive: logY },
  );
  const named = [...new Map(drawn.map(({ name, style }) => [name, style]))];
  const height = figureHeight + 16 + legendLine * Math.ceil(named.length / 2);
  const heading = (
    <text x={plotLeft} y={16} fill={ink} fontSize={14} fontWeight={600}>
      {title}
    </text>
  );
  if (!xDomain || !yDomain) {
    return (
      <svg viewBox={`0 0 ${String(figureWidth)} 80`} role="img" aria-label={title}>
        {heading}
        <text x={plotLeft} y={60} {...titleStyle}>
          No measurements.
        </text>
      </svg>
    );
  }
  const x = linearScale(xDomain);
  const y = logY ? logScale(yDomain) : linearScale(yDomain);
  const across = placeOn(x, plotLeft, plotRight);
  const up = placeOn(y, plotBottom, plotTop);
  return (
    <svg viewBox={`0 0 ${String(figureWidth)} ${String(height)}`} role="img" aria-label={title}>
      {heading}
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={plotLeft} x2={plotRight} y1={up(tick)} y2={up(tick)} stroke={grid} />
          <text x={plotLeft - 6} y={up(tick) + 4} textAnchor="end" fill={muted} fontSize={11}>
            {y.format(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={across(tick)} y={plotBottom + 18} textAnchor="middle" fill={muted} fontSize={11}>
          {x.format(tick)}
        </text>
      ))}
      <text x={(plotLeft + plotRight) / 2} y={figureHeight - 8} textAnchor="middle" {...titleStyle}>
        {xTitle}
      </text>
      <text
        transform={`translate(16 ${String((plotTop + plotBottom) / 2)}) rotate(-90)`}
        textAnchor="middle"
        {...titleStyle}
      >
        {yTitle}
      </text>
      {marks
        .filter((mark) => mark.x >= xDomain[0] && mark.x <= xDomain[1])
        .map((mark) => (
          <g key={mark.x}>
            <line
              x1={across(mark.x)}
              x2={across(mark.x)}
              y1={plotTop}
              y2={plotBottom}
              stroke={muted}
              strokeDasharray="2 4"
            />
            <text x={across(mark.x)} y={plotTop - 4} textAnchor="middle" fill={muted} fontSize={11}>
              {mark.label}
            </text>
          </g>
        ))}
      {drawn.map(({ style, points, line = points }, index) => {
        const { colour, dash } = seriesStyle(style);
        return (
          <g key={index}>
            {line.length > 1 && (
              <polyline
                points={pathOf(line, across, up)}
                fill="none"
                stroke={colour}
                strokeWidth={1.3}
                strokeOpacity={0.75}
                strokeDasharray={dash ?? undefined}
              />
            )}
            {points.map(([px, py], at) => (
              <circle key={at} cx={across(px).toFixed(1)} cy={up(py).toFixed(1)} r={2.5} fill={colour} />
            ))}
          </g>
        );
      })}
      {named.map(([name, style], index) => {
        const { colour, dash } = seriesStyle(style);
        const left = plotLeft + (index % 2) * (figureWidth / 2 - 40);
        const middle = figureHeight + 16 + legendLine * Math.floor(index / 2);
        return (
          <g key={name}>
            <line
              x1={left}
              x2={left + 24}
              y1={middle}
              y2={middle}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dash ?? undefined}
            />
            <text x={left + 30} y={middle + 4} {...titleStyle}>
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
