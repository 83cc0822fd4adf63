'use client';
/** Heat map of a quantity of several rows over steps, on the step axis of the other charts. */
import { useId, useMemo, useState } from 'react';
import { ComposedChart, ReferenceArea, ReferenceLine } from 'recharts';
import type { Cursor } from '../prepare/cursor.ts';
import { formatNumber } from '../prepare/formatNumber.ts';
import { cellAt, describeCell, matrixRaster, rowAxis, type MatrixCell, type MatrixMap } from '../prepare/matrixMap.ts';
import { stepAxisScale, type StepAxis } from '../prepare/stepAxis.ts';
import { axes } from './axes.tsx';
import { Frame, margin } from './Frame.tsx';
import { HeatScale } from './HeatScale.tsx';
import { pictureOf, Raster, type RasterPlace } from './Raster.tsx';
import { SharedCursor } from './SharedCursor.tsx';
import { accent } from './theme.ts';

export interface MatrixHeatMapProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly map: MatrixMap;
  /** Of the values, with their unit. */
  readonly title: string;
  readonly stepAxis: StepAxis;
  readonly lastStep: number;
  readonly currentStep: number | null;
  /** The row that is shown elsewhere; null: none. */
  readonly currentRow: string | null;
  readonly onPick: (cell: MatrixCell) => void;
  readonly format?: (value: number) => string;
  readonly cursor?: Cursor | undefined;
}

const rowHeight = 22;
const leastHeight = 170;
const mostHeight = 560;
const axisHeight = 58;
/** Of the names, in CSS pixels. */
const letter = 6.6;
const widestNames = 190;
const nameEvery = 15;

export function MatrixHeatMap(props: MatrixHeatMapProps) {
  const { label, map, title, stepAxis, lastStep, currentStep, currentRow, onPick, format, cursor } = props;
  const own = useId();
  const [pointed, setPointed] = useState<MatrixCell | null>(null);
  const { rows, scale } = map;
  const height = Math.min(mostHeight, Math.max(leastHeight, rows.length * rowHeight + axisHeight));
  const x = useMemo(() => stepAxisScale(stepAxis, lastStep), [stepAxis, lastStep]);
  const picture = useMemo(() => pictureOf(matrixRaster(map, x)), [map, x]);
  const y = rowAxis(rows, Math.floor((height - axisHeight) / nameEvery));
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const yWidth = Math.min(widestNames, Math.max(64, longest * letter + 14));
  const letters = Math.floor((yWidth - 14) / letter);
  const named = {
    ...y,
    format: (place: number) => {
      const name = y.format(place);
      return name.length > letters ? `…${name.slice(1 - letters)}` : name;
    },
  };
  const cellOf = ({ across, down }: RasterPlace): MatrixCell | null => {
    const [start, end] = x.domain.map(x.position) as [number, number];
    return cellAt(map, x.value(start + across * (end - start)), down, x);
  };
  const at = currentRow === null ? -1 : rows.indexOf(currentRow);
  return (
    <>
      <Frame height={height}>
        <ComposedChart data={map.steps.map((step) => ({ x: x.position(step) }))} margin={margin} title={label}>
          {axes({ x, y: named, xTitle: 'optimiser step', yTitle: null, yWidth })}
          <Raster
            picture={picture}
            onPick={(place) => {
              const cell = cellOf(place);
              if (cell) onPick(cell);
            }}
            onPoint={(place) => {
              const cell = place && cellOf(place);
              setPointed(cell);
              cursor?.set(cell ? { value: cell.step, source: own } : null);
            }}
          />
          {currentStep !== null && (
            <ReferenceLine x={x.position(currentStep)} stroke={accent} strokeWidth={1.5} strokeDasharray="4 3" />
          )}
          {at >= 0 && (
            <ReferenceArea
              y1={rows.length - at - 1}
              y2={rows.length - at}
              fill="none"
              stroke={accent}
              strokeWidth={1.5}
              style={{ pointerEvents: 'none' }}
            />
          )}
          {cursor && <SharedCursor cursor={cursor} own={own} series={[]} x={x} y={y} />}
        </ComposedChart>
      </Frame>
      <div className="ritz-map-foot">
        <HeatScale
          from={scale.domain[0]}
          to={scale.domain[1]}
          title={title}
          format={format ?? ((value) => formatNumber(value, 3))}
        />
        <p>{pointed ? describeCell(pointed, format) : '\u00a0'}</p>
      </div>
    </>
  );
}
