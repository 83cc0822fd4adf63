/** A density in a table cell. */
import { glyphPaths } from '../prepare/glyph.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { muted } from './theme.ts';

export interface DensityGlyphProps {
  /** Accessible description. */
  readonly label: string;
  /** Ascending. */
  readonly lambda: readonly number[];
  readonly density: readonly number[];
  readonly style: number;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
}

export function DensityGlyph({ label, lambda, density, style, width = 88, height = 24, className }: DensityGlyphProps) {
  const paths = glyphPaths(lambda, density, width, height);
  if (!paths) return null;
  const { colour } = seriesStyle(style);
  return (
    <svg role="img" aria-label={label} className={className} width={width} height={height}>
      {paths.zero !== null && <path d={`M${paths.zero.toFixed(1)} 0V${String(height)}`} stroke={muted} />}
      <path d={paths.area} fill={colour} fillOpacity={0.3} stroke={colour} strokeLinejoin="round" />
    </svg>
  );
}
