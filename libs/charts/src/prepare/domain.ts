/** How far an axis reaches so that everything measured is inside. */
import type { Domain } from './axisScale.ts';

export interface DomainOptions {
  /** A logarithmic axis: only positive values count, and the margin is a factor. */
  readonly positive?: boolean;
  /** Values that must be inside too. */
  readonly include?: readonly number[];
  /** Share of the span added on either side; 0.04 unless given. */
  readonly margin?: number;
}

/** Values that differ by no more than this share of them differ by rounding: an axis over their span would show nothing else. */
const ROUNDING = 1e-9;

/** Null when there is nothing to show. */
export function valueDomain(
  columns: Iterable<readonly (number | null | undefined)[]>,
  options: DomainOptions = {},
): Domain | null {
  const { positive = false, include = [], margin = 0.04 } = options;
  let low = Infinity;
  let high = -Infinity;
  for (const column of [...columns, include]) {
    for (const value of column) {
      if (typeof value !== 'number' || !Number.isFinite(value) || (positive && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return null;
  const constant = high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  if (positive) {
    const factor = constant ? 2 : (high / low) ** margin;
    return [low / factor, high * factor];
  }
  const room = constant ? Math.max(Math.abs(low) * 0.1, 0.5) : (high - low) * margin;
  return [low - room, high + room];
}
