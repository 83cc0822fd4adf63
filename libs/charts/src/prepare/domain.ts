/** The extent of an axis that holds all measured values. */
import type { Domain } from './axisScale.ts';

export interface DomainOptions {
  /** For a logarithmic axis: only positive values count and the margin is a factor. */
  readonly positive?: boolean;
  /** Further values to include. */
  readonly include?: readonly number[];
  /** Margin on either side as a share of the span; default 0.04. */
  readonly margin?: number;
}

/** Relative span below which values differ by rounding only; an axis over it would show noise. */
const rounding = 1e-9;

/** Null without values. */
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
  const constant = high - low <= rounding * Math.max(Math.abs(low), Math.abs(high));
  if (positive) {
    const factor = constant ? 2 : (high / low) ** margin;
    return [low / factor, high * factor];
  }
  const room = constant ? Math.max(Math.abs(low) * 0.1, 0.5) : (high - low) * margin;
  return [low - room, high + room];
}
