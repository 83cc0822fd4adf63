/** From stored rows to what @ritz/spectra computes with, and from its complaints to those of this API. */
import type { Probe, Spectrum } from '@ritz/database';
import { SpectrumError, type MeasuredSpectrum } from '@ritz/spectra';
import { badInput } from './bad-input.ts';

export function measuredSpectrum(spectrum: Spectrum, probes: readonly Probe[]): MeasuredSpectrum {
  return {
    dimension: spectrum.parameterCount,
    probes: probes.map((probe) =>
      probe.alpha === null ? { nodes: probe.nodes, weights: probe.weights } : { alpha: probe.alpha, beta: probe.beta },
    ),
  };
}

/** Runs a computation whose options came from the client: what @ritz/spectra refuses is BAD_USER_INPUT. */
export function withClientOptions<Result>(compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (error instanceof SpectrumError) throw badInput(error.message);
    throw error;
  }
}

/** GraphQL has no NaN and no infinity: a statistic that does not exist is null. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
