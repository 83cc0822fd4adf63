/** From stored rows to what @ritz/spectra computes with, and from its complaints to those of this API. */
import type { Probe, Spectrum } from '@ritz/database';
import { SpectrumError, type MeasuredSpectrum, type SpectrumErrorCode } from '@ritz/spectra';
import { GraphQLError } from 'graphql';
import { badInput } from '../input/badInput.ts';

export function measuredSpectrum(
  spectrum: Pick<Spectrum, 'parameterCount'>,
  probes: readonly Probe[],
): MeasuredSpectrum {
  return {
    dimension: spectrum.parameterCount,
    probes: probes.map((probe) =>
      probe.alpha === null
        ? { nodes: probe.nodes, weights: normalised(probe.weights) }
        : { alpha: probe.alpha, beta: probe.beta },
    ),
  };
}

/** Weights as stored may sum to 1 only roughly: a peer's arithmetic was float32, or its file had few digits. */
function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Bytes of one Lanczos step of one probe, with its decomposition: five numbers. */
const bytesPerLanczosStep = 40;

/** What `measuredSize` will be, at most, before anything is read. */
export function measuredBytes({ probeCount, lanczosSteps }: Spectrum): number {
  return probeCount * lanczosSteps * bytesPerLanczosStep;
}

/** Bytes that a measured spectrum and its decomposition hold, about: five numbers for each Lanczos step of each probe. */
export function measuredSize({ probes }: MeasuredSpectrum): number {
  return probes.reduce(
    (sum, probe) => sum + bytesPerLanczosStep * ('alpha' in probe ? probe.alpha.length : probe.nodes.length),
    0,
  );
}

const clientFaults: ReadonlySet<SpectrumErrorCode> = new Set(['BAD_SMOOTHING', 'BAD_GRID', 'BAD_OPTION']);

/** The stored data are unusable as the client sent them: a client error, not a server fault. */
function notComputable(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_COMPUTABLE' } });
}

/** A result that GraphQL can say. Throws NOT_COMPUTABLE for what overflowed. */
export function representable(value: number): number {
  if (Number.isFinite(value)) return value;
  throw notComputable(
    `The result is ${String(value)}: what was recorded is too large to compute with. Record it in other units of the loss.`,
  );
}

/** Many results that GraphQL can say. Throws NOT_COMPUTABLE for the first that overflowed. */
export function allRepresentable(values: Float64Array): number[] {
  for (const value of values) representable(value);
  return Array.from(values);
}

/** Runs a computation: what @ritz/spectra refuses of the client's options is BAD_USER_INPUT, of the spectrum NOT_COMPUTABLE. */
export function withClientOptions<Result>(compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (error instanceof SpectrumError && clientFaults.has(error.code)) throw badInput(error.message);
    if (error instanceof SpectrumError) throw notComputable(error.message);
    throw error;
  }
}

/** GraphQL has no NaN and no infinity: a statistic that does not exist is null. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
