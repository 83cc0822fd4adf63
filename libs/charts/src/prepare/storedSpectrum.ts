/** Converts a stored spectrum's probes to the input of `@ritz/spectra`. */
import type { MeasuredSpectrum, ProbeMeasurement } from '@ritz/spectra';

export interface StoredProbe {
  readonly alpha?: readonly number[] | null;
  readonly beta?: readonly number[] | null;
  readonly nodes?: readonly number[] | null;
  readonly weights?: readonly number[] | null;
}

export interface StoredSpectrum {
  readonly parameterCount: number;
  readonly probes: readonly StoredProbe[];
}

function measurement({ alpha, beta, nodes, weights }: StoredProbe, index: number): ProbeMeasurement {
  if (alpha && beta) return { alpha, beta };
  if (nodes && weights) return { nodes, weights };
  throw new TypeError(`Probe ${String(index)}: expected alpha and beta, or nodes and weights, got neither.`);
}

export function measuredSpectrum({ parameterCount, probes }: StoredSpectrum): MeasuredSpectrum {
  return { dimension: parameterCount, probes: probes.map(measurement) };
}
