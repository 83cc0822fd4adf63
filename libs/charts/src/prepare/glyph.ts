/** The outline of a density in a few pixels: log density over the whole measured range, with 0 marked. */
import { max } from 'd3-array';

export interface GlyphPaths {
  /** Filled from the base line. */
  readonly area: string;
  /** Horizontal place of λ = 0; null outside the range. */
  readonly zero: number | null;
}

/** Decades below the peak that are drawn: bulk and single outliers of small networks are that far apart. */
const decades = 5;

/** Null where there is nothing to draw. `lambda` ascends. Width and height in CSS pixels. */
export function glyphPaths(
  lambda: readonly number[],
  density: readonly number[],
  width: number,
  height: number,
): GlyphPaths | null {
  const [low, high] = [lambda[0] ?? 0, lambda.at(-1) ?? 0];
  const peak = max(density) ?? 0;
  if (!(high > low) || !(peak > 0)) return null;
  const across = (value: number): number => (width * (value - low)) / (high - low);
  const up = (value: number): number => Math.max(0, 1 + Math.log10(value / peak) / decades);
  const outline = lambda.map((value, index) => {
    const share = (density[index] ?? 0) > 0 ? up(density[index] ?? 0) : 0;
    return `${across(value).toFixed(1)} ${(height * (1 - share)).toFixed(1)}`;
  });
  return {
    area: `M0 ${String(height)}L${outline.join('L')}L${String(width)} ${String(height)}Z`,
    zero: low <= 0 && high >= 0 ? across(0) : null,
  };
}
