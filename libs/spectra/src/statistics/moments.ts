/** Numbers that summarise a spectrum as integrals over its measure, each with its standard error over probes. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { resolveEigenvalues } from '../ritz/resolvedEigenvalues.ts';
import { probeMeasures, type Atoms } from '../ritz/spectralMeasure.ts';
import { outliers } from './outliers.ts';
import { statistic } from './Statistic.ts';

/** Mean and standard error of one number per probe. */
function overProbes(values: readonly number[]): Estimate {
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
 * integer from 0 to 100.
 */
export function moment(spectrum: MeasuredSpectrum, order: number, about = 0): Estimate {
  if (!Number.isInteger(order) || order < 0 || order > 100) {
    throw new SpectrumError('BAD_OPTION', `order: expected an integer from 0 to 100, got ${order}.`);
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

/** (1/n) Σ |λ_i|: the Wasserstein-1 distance to a spectrum of zeros. */
export function meanMagnitude(spectrum: MeasuredSpectrum): Estimate {
  return spectralMean(spectrum, Math.abs);
}

/** Eigenvalues this small a share of the largest |λ| are counted as zero. */
const zeroShare = 1e-4;

/**
 * Share of eigenvalues below −ε; ε defaults to 1e-4 of the largest |λ|, so that what rounding scatters around zero is not counted.
 * Throws a SpectrumError (BAD_OPTION) for an ε that is not a finite number of at least 0.
 */
export function negativeMass(spectrum: MeasuredSpectrum, epsilon?: number): Estimate {
  if (epsilon !== undefined) requireAtLeastZero('epsilon', epsilon);
  const bound = epsilon ?? zeroShare * resolveEigenvalues(spectrum).scale;
  return spectralMean(spectrum, (lambda) => (lambda < -bound ? 1 : 0));
}

/**
 * Share of eigenvalues in [-ε, ε]; ε defaults to 1e-4 of the largest |λ|. Throws a SpectrumError (BAD_OPTION) for an ε that is not
 * a finite number of at least 0.
 */
export function massNearZero(spectrum: MeasuredSpectrum, epsilon?: number): Estimate {
  if (epsilon !== undefined) requireAtLeastZero('epsilon', epsilon);
  const bound = epsilon ?? zeroShare * resolveEigenvalues(spectrum).scale;
  return spectralMean(spectrum, (lambda) => (Math.abs(lambda) <= bound ? 1 : 0));
}

function requireAtLeastZero(name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new SpectrumError('BAD_OPTION', `${name}: expected a finite number of at least 0, got ${value}.`);
}

export const traceStatistic = statistic({
  title: 'Trace',
  description: 'Sum of the eigenvalues.',
  unit: 'curvature',
  estimate: trace,
});

export const tracePerParameterStatistic = statistic({
  title: 'Trace per parameter',
  description: 'Mean of the eigenvalues: trace / n, the average curvature of a parameter.',
  unit: 'curvature',
  estimate: (spectrum) => spectralMean(spectrum, (lambda) => lambda),
});

export const frobeniusNormStatistic = statistic({
  title: 'Frobenius norm',
  description: 'Square root of the sum of the squared eigenvalues.',
  unit: 'curvature',
  estimate: frobeniusNorm,
});

export const meanMagnitudeStatistic = statistic({
  title: 'Mean magnitude',
  description: 'Mean absolute value of the eigenvalues: the Wasserstein-1 distance to a spectrum of zeros.',
  unit: 'curvature',
  estimate: meanMagnitude,
});

export const negativeMassStatistic = statistic({
  title: 'Negative mass',
  description: 'Share of eigenvalues below -epsilon, 0 to 1: those within epsilon of 0 are not told from 0.',
  unit: 'share',
  options: {
    epsilon: {
      description: 'In units of the eigenvalues, at least 0; 1e-4 of the largest magnitude unless given.',
      required: false,
    },
  },
  estimate: (spectrum, { epsilon }) => negativeMass(spectrum, epsilon),
});

export const massNearZeroStatistic = statistic({
  title: 'Mass near zero',
  description: 'Share of eigenvalues of magnitude at most epsilon, 0 to 1.',
  unit: 'share',
  options: {
    epsilon: {
      description: 'In units of the eigenvalues, at least 0; 1e-4 of the largest magnitude unless given.',
      required: false,
    },
  },
  estimate: (spectrum, { epsilon }) => massNearZero(spectrum, epsilon),
});

export const massWithinStatistic = statistic({
  title: 'Mass within a share of the largest eigenvalue',
  description: 'Share of eigenvalues of magnitude at most `share` times lambdaMax, 0 to 1.',
  unit: 'share',
  options: { share: { description: 'Of lambdaMax, at least 0.', required: true } },
  sortable: false,
  // What claims count as flat.
  summarised: [{ share: 0.01 }],
  estimate: (spectrum, { share = 1 }) => {
    requireAtLeastZero('share', share);
    return massNearZero(spectrum, share * Math.max(0, outliers(spectrum).lambdaMax));
  },
});
