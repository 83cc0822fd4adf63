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
  if (positive) {
    const factor = low === high ? 2 : (high / low) ** margin;
    return [low / factor, high * factor];
  }
  const room = low === high ? Math.max(Math.abs(low) * 0.1, 0.5) : (high - low) * margin;
  return [low - room, high + room];
}
