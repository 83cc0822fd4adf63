/** A curve the size of a word: its shape, and where it ends. */
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { valueDomain } from '../prepare/domain.ts';

export interface SparklineProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** Ascending. */
  readonly x: readonly number[];
  /** Null = not measured: a gap. */
  readonly y: readonly (number | null)[];
  readonly style: number;
  /** Logarithm of the values; what is not positive is a gap. */
  readonly log?: boolean;
  /** log(1 + x) instead of x, for steps. */
  readonly logX?: boolean;
  readonly width?: number;
  readonly height?: number;
}

const EDGE = 3;

export function Sparkline({ label, x, y, style, log = false, logX = false, width = 96, height = 26 }: SparklineProps) {
  const across = logX ? x.map(Math.log1p) : x;
  const up = y.map((value) => {
    if (value === null || !Number.isFinite(value) || (log && value <= 0)) return null;
    return log ? Math.log10(value) : value;
  });
  const xs = valueDomain([across], { margin: 0 });
  const ys = valueDomain([up], { margin: 0.02 });
  if (!xs || !ys) return null;
  const place = (value: number, [low, high]: readonly [number, number], size: number): number =>
    EDGE + ((value - low) / (high - low)) * (size - 2 * EDGE);
  let path = '';
  let pen = false;
  let last: { readonly cx: number; readonly cy: number } | null = null;
  for (const [index, value] of up.entries()) {
    if (value === null) {
      pen = false;
      continue;
    }
    const cx = place(across[index] ?? 0, xs, width);
    const cy = height - place(value, ys, height);
    path += `${pen ? 'L' : 'M'}${cx.toFixed(1)} ${cy.toFixed(1)}`;
    pen = true;
    last = { cx, cy };
  }
  const { colour } = seriesStyle(style);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${String(width)} ${String(height)}`}>
      <path d={path} fill="none" stroke={colour} strokeWidth={1.5} strokeLinejoin="round" strokeLinecap="round" />
      {last && <circle cx={last.cx.toFixed(1)} cy={last.cy.toFixed(1)} r={2.25} fill={colour} />}
    </svg>
  );
}
