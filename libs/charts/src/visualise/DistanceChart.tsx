/** A matrix of distances as a heat map under its dendrogram. */
import type { DistanceMatrix } from '../prepare/distances.ts';
import { formatNumber } from '../prepare/formatNumber.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { ACCENT, INK, LINE_WIDTH, MUTED } from './theme.ts';

export interface DistanceChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly matrix: DistanceMatrix;
  /** One item per row of the matrix, in order. */
  readonly items: readonly { readonly id: string; readonly label: string; readonly style: number }[];
}

const CELL = { width: 54, height: 30, gap: 2 } as const;
const TREE = 64;
/** Approximate width of a letter. */
const LETTER = 6.9;
const HEAD = 24;
const MARK = 22;
/** Opacity of the largest distance, low enough to keep its number readable. */
const DEEPEST = 0.5;
/** Longer names are truncated; the tooltip and the table show them in full. */
const LETTERS = 26;

/** Width before the cells: number, mark and the longest name. */
function widthOfNames(labels: readonly string[]): number {
  return 24 + MARK + 8 + LETTER * Math.min(LETTERS, Math.max(0, ...labels.map((label) => label.length))) + 10;
}

export function DistanceChart({ label, matrix, items }: DistanceChartProps) {
  const { order, branches, distance, largest } = matrix;
  const ordered = order.flatMap((index) => {
    const item = items[index];
    return item ? [{ item, index }] : [];
  });
  const names = widthOfNames(items.map((item) => item.label));
  const top = TREE + HEAD;
  const centre = (leaf: number): number => names + (leaf + 0.5) * CELL.width;
  const tallest = Math.max(...branches.map(({ height }) => height), Number.MIN_VALUE);
  const up = (height: number): number => TREE - 2 - (height / tallest) * (TREE - 8);
  return (
    <svg
      className="ritz-picture"
      role="img"
      aria-label={label}
      width={names + ordered.length * CELL.width}
      height={top + ordered.length * CELL.height}
      fontSize={12}
      fill={INK}
    >
      <path
        className="ritz-dendrogram"
        d={branches
          .map(
            ({ left, right, leftFrom, rightFrom, height }) =>
              `M${String(centre(left))} ${up(leftFrom).toFixed(1)}V${up(height).toFixed(1)}H${String(centre(right))}V${up(rightFrom).toFixed(1)}`,
          )
          .join('')}
        fill="none"
        stroke={MUTED}
        strokeWidth={1.25}
      />
      {ordered.map(({ item }, leaf) => (
        <text key={item.id} x={centre(leaf)} y={TREE + 16} textAnchor="middle">
          <title>{item.label}</title>
          {leaf + 1}
        </text>
      ))}
      {ordered.map(({ item, index }, row) => {
        const y = top + row * CELL.height;
        const { colour, dash } = seriesStyle(item.style);
        return (
          <g key={item.id}>
            <text x={16} y={y + 19} textAnchor="end">
              {row + 1}
            </text>
            <line
              x1={24}
              x2={24 + MARK}
              y1={y + 15}
              y2={y + 15}
              stroke={colour}
              strokeWidth={LINE_WIDTH + 0.5}
              {...(dash === null ? {} : { strokeDasharray: dash })}
            />
            <text x={24 + MARK + 8} y={y + 19}>
              <title>{item.label}</title>
              {item.label.length > LETTERS ? `${item.label.slice(0, LETTERS - 1)}…` : item.label}
            </text>
            {ordered.map((other, column) => {
              const apart = distance[index]?.[other.index] ?? 0;
              return (
                <g key={other.item.id} className="ritz-cell">
                  <title>{`${item.label} – ${other.item.label}: ${formatNumber(apart)}`}</title>
                  <rect
                    x={names + column * CELL.width}
                    y={y}
                    width={CELL.width - CELL.gap}
                    height={CELL.height - CELL.gap}
                    rx={2}
                    fill={ACCENT}
                    fillOpacity={0.04 + (largest > 0 ? DEEPEST * (apart / largest) : 0)}
                  />
                  <text x={centre(column) - 1} y={y + 19} textAnchor="middle" fontSize={11.5}>
                    {other.index === index ? '·' : formatNumber(apart, 2)}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
