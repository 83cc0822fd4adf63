/** Says where a density is drawn on a grid too coarse for its kernel. */
import { coarseSpacing, formatNumber, type DensityCurve } from '@ritz/charts';

export function Resolution({ curve }: { readonly curve: DensityCurve | undefined }) {
  const spacing = curve ? coarseSpacing(curve) : null;
  return (
    spacing !== null && <> Peaks narrower than {formatNumber(spacing, 2)} are averaged: zoom in to resolve them.</>
  );
}
