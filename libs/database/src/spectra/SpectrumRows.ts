/** A spectrum as rows of the tables, in one order, so that two of them can be compared. */
import type {
  GradientEnergyValues,
  OverlapValues,
  ProbeValues,
  RitzVectorValues,
  SpaceOverlapValues,
  SpectrumValues,
} from '@ritz/records';

type Measured = 'step' | 'probes' | 'gradientOverlap' | 'gradientEnergy' | 'ritzVectors' | 'spaceOverlaps';

export interface SpectrumRows {
  readonly settings: Omit<SpectrumValues, Measured> & { readonly stepNumber: number };
  /** Ascending by index. */
  readonly probes: readonly ProbeValues[];
  /** Ascending by K, then by kind of gradient. */
  readonly overlaps: readonly OverlapValues[];
  /** By kind of gradient. */
  readonly energies: readonly GradientEnergyValues[];
  /** Ascending by index. */
  readonly ritzVectors: readonly RitzVectorValues[];
  /** Ascending by step, then by K. */
  readonly spaceOverlaps: readonly SpaceOverlapValues[];
}

export function spectrumRows(values: SpectrumValues): SpectrumRows {
  const { step, probes, gradientOverlap, gradientEnergy, ritzVectors, spaceOverlaps, ...settings } = values;
  return {
    settings: { ...settings, stepNumber: step },
    probes: [...probes].sort((a, b) => a.index - b.index),
    overlaps: [...gradientOverlap].sort((a, b) => a.k - b.k || a.gradient.localeCompare(b.gradient)),
    energies: [...gradientEnergy].sort((a, b) => a.gradient.localeCompare(b.gradient)),
    ritzVectors: [...ritzVectors].sort((a, b) => a.index - b.index),
    spaceOverlaps: [...spaceOverlaps].sort((a, b) => a.step - b.step || a.k - b.k),
  };
}
