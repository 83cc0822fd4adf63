/** Axes of the report's figures: where values lie, and which of them are written beside the axis. */
import { withMinus } from './escape-markup.ts';

export function formatTick(value: number): string {
  const magnitude = Math.abs(value);
  const text =
    value !== 0 && (magnitude < 1e-3 || magnitude >= 1e5)
      ? value.toExponential(0)
      : String(Number(value.toPrecision(3)));
  return withMinus(text);
}

/** Round numbers that cover an interval, about `count` of them. */
function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Decades, and their halves and fifths where there are few decades. */
function logarithmicTicks(low: number, high: number): number[] {
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => 10 ** (Math.floor(low) + i));
  const parts = high - low > 2.5 ? [1] : [1, 2, 5];
  return decades
    .flatMap((decade) => parts.map((part) => part * decade))
    .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
}

export interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** From values to places: a little more than they need, so that none lies on the edge. */
export function scale(values: readonly number[], [from, to]: readonly [number, number], logarithmic = false): Scale {
  const transform = logarithmic ? Math.log10 : (value: number): number => value;
  const transformed = values.map(transform);
  const [least, most] = [Math.min(...transformed), Math.max(...transformed)];
  const reach = most > least ? 0.04 * (most - least) : Math.max(Math.abs(least), 1) * 0.1;
  const [low, high] = [least - reach, most + reach];
  return {
    ticks: logarithmic ? logarithmicTicks(low, high) : ticks(low, high, 6),
    at: (value) => from + ((transform(value) - low) / (high - low)) * (to - from),
  };
}
