/** A spectrum as it is stored: checked, with every default filled in, so that two payloads can be compared. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { pathText, requireFinite, requireInt32, requireInteger } from '../input/number.ts';
import { requireName, requireText } from '../input/text.ts';
import { requireUuid } from '../input/uuid.ts';
import type { NewOverlap, Overlap } from '../overlaps/Overlap.ts';
import { normaliseProbe, type ProbePayload } from '../probes/normaliseProbe.ts';
import type { NewSpectrum, Spectrum } from './Spectrum.ts';

export type OverlapPayload = Omit<Overlap, 'spectrumId'>;

/** What a client says about a spectrum; `createdAt` is the server's and `probeCount` follows. */
export interface SpectrumPayload {
  readonly settings: Omit<Spectrum, 'probeCount' | 'createdAt'>;
  /** Ascending by index. */
  readonly probes: readonly ProbePayload[];
  /** Ascending by K, then by kind of gradient. */
  readonly overlaps: readonly OverlapPayload[];
}

/** A fraction is a ratio of rounded sums, so that a gradient wholly inside the span may come out a hair above 1. */
const rounding = 1e-6;

export function normaliseSpectrum(spectrum: NewSpectrum): SpectrumPayload {
  const lanczosSteps = requireInt32(spectrum.lanczosSteps, ['lanczosSteps'], { min: 1 });
  if (spectrum.probes.length === 0) {
    throw new DatabaseError('INVALID', 'probes is empty; at least one probe is expected.', { field: ['probes'] });
  }
  const probes = spectrum.probes.map((probe, at) => normaliseProbe(probe, at, lanczosSteps));
  const overlaps = (spectrum.gradientOverlap ?? []).map(normaliseOverlap);
  requireDistinct(probes, ({ index }) => `index ${index}`, 'probes');
  requireDistinct(overlaps, ({ k, gradient }) => `K = ${k} of the ${gradient} gradient`, 'gradientOverlap');
  return {
    settings: {
      id: requireUuid(spectrum.id, ['id']),
      runId: requireUuid(spectrum.runId, ['runId']),
      stepNumber: requireInt32(spectrum.step, ['step'], { min: 0 }),
      operator: spectrum.operator ?? 'HESSIAN',
      block: requireName(spectrum.block ?? 'all', ['block']),
      parameterCount: requireInteger(spectrum.parameterCount, ['parameterCount'], { min: 1 }),
      lanczosSteps,
      probeLaw: spectrum.probeLaw ?? 'SPHERE',
      seed: requireInteger(spectrum.seed, ['seed']),
      reorthogonalisation: spectrum.reorthogonalisation ?? 'FULL',
      precision: spectrum.precision,
      dataSize: requireInteger(spectrum.dataSize, ['dataSize'], { min: 1 }),
      dataFingerprint: requireText(spectrum.dataFingerprint, ['dataFingerprint']),
      lossReduction: spectrum.lossReduction ?? 'MEAN',
      weightDecayIncluded: spectrum.weightDecayIncluded ?? false,
      batchNorm: spectrum.batchNorm ?? 'NONE',
      hvpCount: requireInteger(spectrum.hvpCount, ['hvpCount'], { min: 0 }),
      seconds: requireFinite(spectrum.seconds, ['seconds'], { min: 0 }),
      engine: requireText(spectrum.engine, ['engine']),
    },
    probes: probes.sort((a, b) => a.index - b.index),
    overlaps: overlaps.sort((a, b) => a.k - b.k || a.gradient.localeCompare(b.gradient)),
  };
}

function normaliseOverlap(overlap: NewOverlap, at: number): OverlapPayload {
  const path = ['gradientOverlap', String(at)];
  return {
    k: requireInt32(overlap.k, [...path, 'k'], { min: 1 }),
    gradient: overlap.gradient ?? 'FULL_BATCH',
    fraction: requireFinite(overlap.fraction, [...path, 'fraction'], { min: 0, max: 1 + rounding }),
  };
}

function requireDistinct<Item>(items: readonly Item[], nameOf: (item: Item) => string, field: string): void {
  const seen = new Set<string>();
  items.forEach((item, at) => {
    const name = nameOf(item);
    const path = [field, String(at)];
    if (seen.has(name)) {
      throw new DatabaseError('INVALID', `${pathText(path)} repeats ${name}; each is expected once.`, { field: path });
    }
    seen.add(name);
  });
}
