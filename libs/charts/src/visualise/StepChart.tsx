'use client';
/** Chart of a quantity over training steps for one or more runs. */
import { useId } from 'react';
import { Area, ComposedChart, ReferenceArea, ReferenceLine, Tooltip } from 'recharts';
import type { AxisScale, Domain } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import type { Cursor } from '../prepare/cursor.ts';
import type { NamedPhase } from '../prepare/phases.ts';
import type { RateDrop } from '../prepare/rateDrops.ts';
import { chartRows } from '../prepare/rows.ts';
import { scheduleShade } from '../prepare/scheduleShade.ts';
import { seriesBands } from '../prepare/seriesBands.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { stepAxisScale, type StepAxis } from '../prepare/stepAxis.ts';
import { axes } from './axes.tsx';
import { Brush } from './Brush.tsx';
import { curves } from './curves.tsx';
import { DirectLabels, labelWidth, mostLabels } from './DirectLabels.tsx';
import { DropMarks } from './DropMarks.tsx';
import { ErrorBars } from './ErrorBars.tsx';
import { Frame, margin } from './Frame.tsx';
import { Bands, Strokes } from './layers.tsx';
import { PhaseMarks } from './PhaseMarks.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
import { SharedCursor } from './SharedCursor.tsx';
import { accent, muted } from './theme.ts';

export interface StepChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly y: AxisScale;
  readonly yTitle: string;
  /** 'log' includes step 0 and spreads the first steps; 'linear' spaces them evenly. */
  readonly stepAxis: StepAxis;
  /** End of the step axis. */
  readonly lastStep: number;
  /** Measured steps, marked on the axis. */
  readonly measuredSteps?: readonly number[];
  /** Learning rates, shaded along the bottom without an axis. */
  readonly schedule?: readonly ChartSeries[];
  /** Drops of the learning rate, drawn as named lines. */
  readonly drops?: readonly RateDrop[];
  /** Called with a drop whose name was pressed. */
  readonly onPickDrop?: (drop: RateDrop) => void;
  /** Phases of the training, named along the top. */
  readonly phases?: readonly NamedPhase[];
  /** The steps that are played; null: all. */
  readonly range?: Domain | null;
  /** Called with a range of steps selected by dragging. */
  readonly onBrush?: (range: Domain) => void;
  /** Shared with the other charts over the same steps. */
  readonly cursor?: Cursor | undefined;
  /** Names the curves at their ends, in place of a legend. */
  readonly named?: boolean;
  /** The selected step. */
  readonly currentStep?: number | null;
  /** Value of a horizontal reference line. */
  readonly guide?: { readonly value: number; readonly label: string };
  readonly formatY?: (value: number) => string;
  readonly onPickStep?: (step: number) => void;
  readonly height?: number;
}

/** Height of the measured-step marks as a share of the chart. */
const markShare = 0.035;
const markWidth = 2;
export function StepChart(props: StepChartProps) {
  const {
    label,
    series,
    y,
    yTitle,
    measuredSteps = [],
    drops = [],
    phases = [],
    range = null,
    cursor,
    currentStep = null,
    height = 260,
  } = props;
  const own = useId();
  const named = props.named === true && series.length > 1 && series.length <= mostLabels;
  const x = stepAxisScale(props.stepAxis, props.lastStep);
  const { rows: curveRows, stretches } = chartRows(series, x, y);
  const { rows, shades } = scheduleShade(curveRows, props.schedule ?? [], x, y);
  const bottom = y.position(y.domain[0]);
  const markTop = bottom + markShare * (y.position(y.domain[1]) - bottom);
  const marks = measuredSteps.map(x.position).map((place) => ({ x1: place, y1: bottom, x2: place, y2: markTop }));
  const { guide, onPickStep, onPickDrop, onBrush } = props;
  return (
    <Frame height={height}>
      <ComposedChart
        data={[...rows]}
        margin={named ? { ...margin, right: labelWidth } : margin}
        title={label}
        onClick={({ activeLabel }) => {
          if (onPickStep && typeof activeLabel === 'number') onPickStep(Math.round(x.value(activeLabel)));
        }}
        onMouseMove={({ activeLabel }) => {
          if (typeof activeLabel === 'number') cursor?.set({ value: x.value(activeLabel), source: own });
        }}
        onMouseLeave={() => {
          cursor?.set(null);
        }}
      >
        {axes({ x, y, xTitle: 'optimiser step', yTitle })}
        {shades.map(({ key, style }) => (
          <Area
            key={key}
            dataKey={key}
            type="stepAfter"
            connectNulls
            isAnimationActive={false}
            stroke={shades.length > 1 ? seriesStyle(style).colour : muted}
            strokeOpacity={0.45}
            fill={shades.length > 1 ? seriesStyle(style).colour : muted}
            fillOpacity={shades.length > 1 ? 0.07 : 0.14}
            activeDot={false}
          />
        ))}
        <Strokes x={x} y={y} segments={marks} colour={accent} width={markWidth} />
        <Bands x={x} y={y} bands={seriesBands(series, x, y)} />
        <ErrorBars series={series} x={x} y={y} />
        {currentStep !== null && (
          <ReferenceLine x={x.position(currentStep)} stroke={accent} strokeWidth={1} strokeDasharray="3 3" />
        )}
        {range && (
          <ReferenceArea
            x1={x.position(Math.max(range[0], x.domain[0]))}
            x2={x.position(Math.min(range[1], x.domain[1]))}
            fill={accent}
            fillOpacity={0.1}
            stroke="none"
          />
        )}
        {guide && (
          <ReferenceLine
            y={y.position(guide.value)}
            stroke={muted}
            strokeDasharray="1 3"
            label={{ value: guide.label, position: 'insideTopRight', fill: muted, fontSize: 11 }}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: muted, strokeWidth: 1 }}
          content={({ active, label: place }) => (
            <ReadingTooltip
              series={series}
              scale={x}
              xName="step"
              formatY={props.formatY}
              active={active}
              label={place}
            />
          )}
        />
        {curves(stretches)}
        {named && <DirectLabels series={series} x={x} y={y} />}
        {cursor && <SharedCursor cursor={cursor} own={own} series={series} x={x} y={y} formatY={props.formatY} />}
        {onBrush && <Brush x={x} onBrush={onBrush} />}
        <PhaseMarks phases={phases} x={x} />
        <DropMarks drops={drops} x={x} below={phases.length > 0} {...(onPickDrop ? { onPick: onPickDrop } : {})} />
      </ComposedChart>
    </Frame>
  );
}
