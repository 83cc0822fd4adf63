/** A spectrum as rows of the tables, in one order, so that two of them can be compared. */
import type { GradientEnergyValues, OverlapValues, ProbeValues, SpectrumValues } from '@ritz/records';

type Measured = 'step' | 'probes' | 'gradientOverlap' | 'gradientEnergy';

export interface SpectrumRows {
  readonly settings: Omit<SpectrumValues, Measured> & { readonly stepNumber: number };
  /** Ascending by index. */
  readonly probes: readonly ProbeValues[];
  /** Ascending by K, then by kind of gradient. */
  readonly overlaps: readonly OverlapValues[];
  /** By kind of gradient. */
  readonly energies: readonly GradientEnergyValues[];
}

export function spectrumRows(values: SpectrumValues): SpectrumRows {
  const { step, probes, gradientOverlap, gradientEnergy, ...settings } = values;
  return {
    settings: { ...settings, stepNumber: step },
    probes: [...probes].sort((a, b) => a.index - b.index),
    overlaps: [...gradientOverlap].sort((a, b) => a.k - b.k || a.gradient.localeCompare(b.gradient)),
    energies: [...gradientEnergy].sort((a, b) => a.gradient.localeCompare(b.gradient)),
  };
}
