/** A spectrum as it is stored: checked, with every default filled in, so that two payloads can be compared. */
import type { GradientEnergy } from '../energies/GradientEnergy.ts';
import { parse } from '../input/parse.ts';
import type { Overlap } from '../overlaps/Overlap.ts';
import type { ProbePayload } from '../probes/probeSchema.ts';
import type { NewSpectrum, Spectrum } from './Spectrum.ts';
import { spectrumSchema } from './spectrumSchema.ts';

/** What a client says about a spectrum; `createdAt` and `revision` are the server's and `probeCount` follows. */
export interface SpectrumPayload {
  readonly settings: Omit<Spectrum, 'probeCount' | 'createdAt' | 'revision'>;
  /** Ascending by index. */
  readonly probes: readonly ProbePayload[];
  /** Ascending by K, then by kind of gradient. */
  readonly overlaps: readonly Omit<Overlap, 'spectrumId'>[];
  /** By kind of gradient. */
  readonly energies: readonly Omit<GradientEnergy, 'spectrumId'>[];
}

type Parsed = ReturnType<typeof spectrumSchema.parse>;

/** @throws DatabaseError INVALID or NON_FINITE naming the field. */
export function normaliseSpectrum(spectrum: NewSpectrum): SpectrumPayload {
  return spectrumPayloadOf(parse(spectrumSchema, spectrum));
}

export function spectrumPayloadOf(parsed: Parsed): SpectrumPayload {
  const { step, probes, gradientOverlap, gradientEnergy, ...settings } = parsed;
  return {
    settings: { ...settings, stepNumber: step },
    probes: [...probes].sort((a, b) => a.index - b.index),
    overlaps: [...gradientOverlap].sort((a, b) => a.k - b.k || a.gradient.localeCompare(b.gradient)),
    energies: [...gradientEnergy].sort((a, b) => a.gradient.localeCompare(b.gradient)),
  };
}
