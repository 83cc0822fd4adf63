'use client';
/** The kernel width of the page's densities. */
import type { Domain } from '@ritz/charts';
import { SigmaSlider } from './SigmaSlider.tsx';
import { useSigma } from './urlState.ts';

export interface SmoothingControlProps {
  /** Current kernel width in units of λ; null before any spectrum exists. */
  readonly sigma: number | null;
  /** Full range of the measured eigenvalues. */
  readonly extent: Domain;
}

export function SmoothingControl({ sigma, extent }: SmoothingControlProps) {
  const [chosen, setSigma] = useSigma();
  if (sigma === null) return null;
  return (
    <SigmaSlider
      sigma={sigma}
      chosen={chosen}
      range={extent[1] - extent[0] || Math.abs(extent[1]) || 1}
      onChange={(next) => void setSigma(next)}
    />
  );
}
