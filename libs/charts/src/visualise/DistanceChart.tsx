/** A matrix of distances as a heat map under its dendrogram. */
import type { DistanceMatrix } from '../prepare/distances.ts';
import { formatNumber } from '../prepare/formatNumber.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { accent, ink, lineWidth, muted } from './theme.ts';

export interface DistanceChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly matrix: DistanceMatrix;
  /** One item per row of the matrix, in order. */
  readonly items: readonly { readonly id: string; readonly label: string; readonly style: number }[];
}

const cell = { width: 54, height: 30, gap: 2 } as const;
const tree = 64;
/** Approximate width of a letter. */
const letter = 6.9;
const headHeight = 24;
const markSize = 22;
/** Opacity of the largest distance, low enough to keep its number readable. */
const deepest = 0.5;
/** Longer names are truncated; the tooltip and the table show them in full. */
const letters = 26;

/** Width before the cells: number, mark and the longest name. */
function widthOfNames(labels: readonly string[]): number {
  return 24 + markSize + 8 + letter * Math.min(letters, Math.max(0, ...labels.map((label) => label.length))) + 10;
}

export function DistanceChart({ label, matrix, items }: DistanceChartProps) {
  const { order, branches, distance, largest } = matrix;
  const ordered = order.flatMap((index) => {
    const item = items[index];
    return item ? [{ item, index }] : [];
  });
  const names = widthOfNames(items.map((item) => item.label));
  const top = tree + headHeight;
  const centre = (leaf: number): number => names + (leaf + 0.5) * cell.width;
  const tallest = Math.max(...branches.map(({ height }) => height), Number.MIN_VALUE);
  const up = (height: number): number => tree - 2 - (height / tallest) * (tree - 8);
  return (
    <svg
      className="ritz-picture"
      role="img"
      aria-label={label}
      width={names + ordered.length * cell.width}
      height={top + ordered.length * cell.height}
      fontSize={12}
      fill={ink}
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
        stroke={muted}
        strokeWidth={1.25}
      />
      {ordered.map(({ item }, leaf) => (
        <text key={item.id} x={centre(leaf)} y={tree + 16} textAnchor="middle">
          <title>{item.label}</title>
          {leaf + 1}
        </text>
      ))}
      {ordered.map(({ item, index }, row) => {
        const y = top + row * cell.height;
        const { colour, dash } = seriesStyle(item.style);
        return (
          <g key={item.id}>
            <text x={16} y={y + 19} textAnchor="end">
              {row + 1}
            </text>
            <line
              x1={24}
              x2={24 + markSize}
              y1={y + 15}
              y2={y + 15}
              stroke={colour}
              strokeWidth={lineWidth + 0.5}
              {...(dash === null ? {} : { strokeDasharray: dash })}
            />
            <text x={24 + markSize + 8} y={y + 19}>
              <title>{item.label}</title>
              {item.label.length > letters ? `${item.label.slice(0, letters - 1)}…` : item.label}
            </text>
            {ordered.map((other, column) => {
              const apart = distance[index]?.[other.index] ?? 0;
              return (
                <g key={other.item.id} className="ritz-cell">
                  <title>{`${item.label} – ${other.item.label}: ${formatNumber(apart)}`}</title>
                  <rect
                    x={names + column * cell.width}
                    y={y}
                    width={cell.width - cell.gap}
                    height={cell.height - cell.gap}
                    rx={2}
                    fill={accent}
                    fillOpacity={0.04 + (largest > 0 ? deepest * (apart / largest) : 0)}
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
