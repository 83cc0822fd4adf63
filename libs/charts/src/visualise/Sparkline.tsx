/** Sparkline with an end mark. */
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { valueDomain } from '../prepare/domain.ts';

export interface SparklineProps {
  /** Accessible description. */
  readonly label: string;
  /** Ascending. */
  readonly x: readonly number[];
  /** Null = not measured: a gap. */
  readonly y: readonly (number | null)[];
  readonly style: number;
  /** Log scale; non-positive values are gaps. */
  readonly log?: boolean;
  /** log(1 + x) instead of x, for steps. */
  readonly logX?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
}

const edge = 3;
const stroke = 1.5;
/** Radius of the end mark; its stroke fills it. */
const radius = 1.5;

export function Sparkline(props: SparklineProps) {
  const { label, x, y, style, log = false, logX = false, width = 96, height = 26, className } = props;
  const across = logX ? x.map(Math.log1p) : x;
  const up = y.map((value) => {
    if (value === null || !Number.isFinite(value) || (log && value <= 0)) return null;
    return log ? Math.log10(value) : value;
  });
  const xs = valueDomain([across], { margin: 0 });
  const ys = valueDomain([up], { margin: 0.02 });
  if (!xs || !ys) return null;
  const place = (value: number, [low, high]: readonly [number, number], size: number): number =>
    edge + ((value - low) / (high - low)) * (size - 2 * edge);
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
  if (last) path += dot(last.cx, last.cy);
  const { colour } = seriesStyle(style);
  return (
    <svg role="img" aria-label={label} className={className} width={width} height={height}>
      <path d={path} fill="none" stroke={colour} strokeWidth={stroke} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

/** A circle as two arcs of the curve's own path, to save elements: a table has hundreds. */
function dot(cx: number, cy: number): string {
  const arc = `a${String(radius)} ${String(radius)} 0 1 0`;
  return `M${(cx - radius).toFixed(1)} ${cy.toFixed(1)}${arc} ${String(2 * radius)} 0${arc} ${String(-2 * radius)} 0`;
}
