/** Where a value lies along an axis. */
import type { AxisScale } from './axisScale.ts';

/** 0 at the start of the axis, 1 at its end, and in between beyond neither. */
export function shareAlong(scale: AxisScale, value: number): number {
  const [start, end] = scale.domain.map(scale.position) as [number, number];
  return Math.min(1, Math.max(0, (scale.position(value) - start) / (end - start)));
}
