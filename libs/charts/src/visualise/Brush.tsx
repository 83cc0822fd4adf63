'use client';
/** Selects a range of the horizontal axis by dragging across the plot. */
import { useRef, useState, type PointerEvent } from 'react';
import { usePlotArea } from 'recharts';
import type { AxisScale, Domain } from '../prepare/axisScale.ts';
import { accent } from './theme.ts';

export interface BrushProps {
  readonly x: AxisScale;
  /** Called with both ends, in ascending order. */
  readonly onBrush: (domain: Domain) => void;
}

/** A shorter drag (CSS pixels) is a click. */
const shortest = 6;

interface Drag {
  readonly from: number;
  readonly to: number;
}

export function Brush({ x, onBrush }: BrushProps) {
  const plot = usePlotArea();
  const [drag, setDrag] = useState<Drag | null>(null);
  const dragged = useRef(false);
  if (!plot) return null;
  const across = (event: PointerEvent<SVGRectElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const valueAt = (share: number): number => {
    const [start, end] = [x.position(x.domain[0]), x.position(x.domain[1])];
    return x.value(start + (end - start) * share);
  };
  const [low, high] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [0, 0];
  return (
    <>
      {drag && (
        <rect
          x={plot.x + low * plot.width}
          y={plot.y}
          width={(high - low) * plot.width}
          height={plot.height}
          fill={accent}
          fillOpacity={0.16}
          stroke={accent}
        />
      )}
      <rect
        className="ritz-brush"
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height}
        fill="transparent"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: across(event), to: across(event) });
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ from: drag.from, to: across(event) });
        }}
        onPointerUp={() => {
          setDrag(null);
          dragged.current = (high - low) * plot.width >= shortest;
          if (dragged.current) onBrush([valueAt(low), valueAt(high)]);
        }}
        onClick={(event) => {
          // The end of a drag is no click on the chart.
          if (dragged.current) event.stopPropagation();
        }}
        onPointerCancel={() => {
          setDrag(null);
        }}
      />
    </>
  );
}
