/** Numbers that summarise a spectrum as integrals over its measure, each with its standard error over probes. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { resolveEigenvalues } from '../ritz/resolvedEigenvalues.ts';
import { probeMeasures, type Atoms } from '../ritz/spectralMeasure.ts';

/** Mean and standard error of one number per probe. */
export function overProbes(values: readonly number[]): Estimate {
  const k = values.length;
  const value = values.reduce((sum, x) => sum + x, 0) / k;
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (k - 1);
  return { value, standardError: k > 1 ? Math.sqrt(variance / k) : null };
}

function integrate({ nodes, weights }: Atoms, f: (lambda: number) => number): number {
  return nodes.reduce((sum, node, i) => sum + (weights[i] ?? 0) * f(node), 0);
}

/** (1/n) Σ f(λ_i) with its standard error. */
export function spectralMean(spectrum: MeasuredSpectrum, f: (lambda: number) => number): Estimate {
  return overProbes(probeMeasures(spectrum).map((atoms) => integrate(atoms, f)));
}

/**
 * The p-th moment (1/n) Σ (λ_i − c)^p about c, by default about 0. Throws a SpectrumError (BAD_OPTION) for an order that is no
 * whole number from 0 to 100.
 */
export function moment(spectrum: MeasuredSpectrum, order: number, about = 0): Estimate {
  if (!Number.isInteger(order) || order < 0 || order > 100) {
    throw new SpectrumError('BAD_OPTION', `order: expected a whole number from 0 to 100, got ${order}.`);
  }
  if (!Number.isFinite(about)) throw new SpectrumError('BAD_OPTION', `about: expected a finite number, got ${about}.`);
  return spectralMean(spectrum, (lambda) => (lambda - about) ** order);
}

/** Σ λ_i. */
export function trace(spectrum: MeasuredSpectrum): Estimate {
  const { value, standardError } = spectralMean(spectrum, (lambda) => lambda);
  const n = spectrum.dimension;
  return { value: n * value, standardError: standardError === null ? null : n * standardError };
}

/** ‖H‖_F = √Σ λ_i². */
export function frobeniusNorm(spectrum: MeasuredSpectrum): Estimate {
  const { value, standardError } = spectralMean(spectrum, (lambda) => lambda * lambda);
  const norm = Math.sqrt(spectrum.dimension * value);
  // d√(n x) = n dx / (2 √(n x))
  const error = standardError === null || norm === 0 ? null : (spectrum.dimension * standardError) / (2 * norm);
  return { value: norm, standardError: error };
}

/** Eigenvalues this small a share of the largest |λ| are counted as zero. */
export const zeroShare = 1e-4;

/** Share of eigenvalues below -ε, ε = 1e-4 of the largest |λ|: what rounding scatters around zero is not counted. */
export function negativeMass(spectrum: MeasuredSpectrum): Estimate {
  const epsilon = zeroShare * resolveEigenvalues(spectrum).scale;
  return spectralMean(spectrum, (lambda) => (lambda < -epsilon ? 1 : 0));
}

/** Share of eigenvalues in [-ε, ε]; ε defaults to 1e-4 of the largest |λ|. */
export function massNearZero(spectrum: MeasuredSpectrum, epsilon?: number): Estimate {
  const bound = epsilon ?? zeroShare * resolveEigenvalues(spectrum).scale;
  return spectralMean(spectrum, (lambda) => (Math.abs(lambda) <= bound ? 1 : 0));
}
