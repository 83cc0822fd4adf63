'use client';
/** The cursor of another chart on the same axis: a line, and what this chart's curves read there. */
import { useSyncExternalStore } from 'react';
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import type { Cursor } from '../prepare/cursor.ts';
import { formatNumber } from '../prepare/formatNumber.ts';
import { readAt } from '../prepare/readAt.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { ink, muted } from './theme.ts';

export interface SharedCursorProps {
  readonly cursor: Cursor;
  /** The id of this chart. */
  readonly own: string;
  readonly series: readonly ChartSeries[];
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly formatY?: ((value: number) => string) | undefined;
}

/** More readings would hide the curves. */
const mostReadings = 3;
const lineHeight = 14;
const nowhere = (): null => null;

export function SharedCursor({ cursor, own, series, x, y, formatY = formatNumber }: SharedCursorProps) {
  const place = useSyncExternalStore(cursor.subscribe, cursor.get, nowhere);
  const plot = usePlotArea();
  if (!plot || !place || place.source === own) return null;
  const [low, high] = x.domain;
  if (place.value < low || place.value > high) return null;
  const share = (scale: AxisScale, value: number): number => {
    const [start, end] = scale.domain.map(scale.position) as [number, number];
    return (scale.position(value) - start) / (end - start);
  };
  const across = plot.x + share(x, place.value) * plot.width;
  const readings = readAt(
    series.filter(({ weight }) => weight !== 'faint'),
    place.value,
    x,
  ).filter(({ y: value }) => Number.isFinite(y.position(value)));
  const onLeft = across > plot.x + 0.6 * plot.width;
  return (
    <g className="ritz-cursor" pointerEvents="none">
      <line x1={across} x2={across} y1={plot.y} y2={plot.y + plot.height} stroke={muted} />
      {readings.map((reading) => (
        <circle
          key={reading.series.id}
          cx={plot.x + share(x, reading.x) * plot.width}
          cy={plot.y + (1 - share(y, reading.y)) * plot.height}
          r={3.5}
          fill={seriesStyle(reading.series.style).colour}
          stroke="var(--chart-surface)"
        />
      ))}
      {readings.slice(0, mostReadings).map((reading, line) => (
        <text
          key={reading.series.id}
          x={across + (onLeft ? -6 : 6)}
          y={plot.y + 12 + line * lineHeight}
          textAnchor={onLeft ? 'end' : 'start'}
          fontSize={11.5}
          fill={ink}
          stroke="var(--chart-surface)"
          strokeWidth={3}
          paintOrder="stroke"
        >
          {reading.series.label} {formatY(reading.y)}
        </text>
      ))}
    </g>
  );
}
