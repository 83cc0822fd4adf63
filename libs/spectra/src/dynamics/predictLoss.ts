/** The loss curve of stochastic gradient descent that a spectrum predicts, with and without gradient noise. */
import type { MeasuredSpectrum, ProbeMeasurement } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { pooledMeasure } from '../ritz/pooledMeasure.ts';
import { quadrature } from '../ritz/ritzDecomposition.ts';
import { topRitzValues } from '../statistics/outliers.ts';
import { expectedLoss, lossDecrease } from './quadraticModel.ts';

export interface DescentOptions {
  /** η, greater than 0. */
  readonly learningRate: number;
  /** Numbers of steps after which the loss is wanted, whole and at least 0. */
  readonly steps: readonly number[];
}

/** Variance of the gradient's noise along an eigenvector, in units of its scale. */
const noiseShapes: Readonly<Record<GradientNoise['kind'], (lambda: number) => number>> = {
  isotropic: () => 1,
  curvature: (lambda) => lambda,
};

/** Covariance of the mini-batch gradient: `isotropic` is c I, `curvature` is c H (Zhang et al. 2019, §3.1, C = H / batch size). */
export interface GradientNoise {
  readonly kind: 'isotropic' | 'curvature';
  /** c ≥ 0. */
  readonly scale: number;
}

export interface PredictionOptions extends DescentOptions {
  /** Mean squared distance to the minimum along every eigenvector at the start. Default 1: losses are in its units. */
  readonly initialVariance?: number;
  readonly noise?: GradientNoise;
}

export interface PredictedLoss {
  readonly steps: readonly number[];
  /** Expected loss above the minimum without gradient noise. */
  readonly noiseFree: readonly number[];
  /** The same with it; equal without any. */
  readonly noisy: readonly number[];
  /** Loss at which the noise keeps it in the long run; null when it grows without bound. */
  readonly floor: number | null;
  /** 2 / λ1: at a higher rate the largest eigenvalue diverges; null without a positive eigenvalue. */
  readonly criticalRate: number | null;
}

/**
 * Σ over eigenvalues of their expected loss on the noisy quadratic model. Negative eigenvalues have no minimum and are left out:
 * the model is of the directions that curve upwards. Throws a SpectrumError (BAD_OPTION) for an option out of range.
 */
export function predictLoss(spectrum: MeasuredSpectrum, options: PredictionOptions): PredictedLoss {
  const { learningRate, steps, initialVariance = 1, noise = { kind: 'isotropic', scale: 0 } } = options;
  checkDescent(options);
  requireAtLeastZero('initialVariance', initialVariance);
  requireAtLeastZero('noise.scale', noise.scale);
  const { nodes, weights } = pooledMeasure(spectrum);
  const eigenvalues = Array.from(nodes, (lambda, i) => ({
    lambda,
    count: spectrum.dimension * (weights[i] as number),
  })).filter(({ lambda }) => lambda > 0);
  const gradientVariance = (lambda: number): number => noise.scale * noiseShapes[noise.kind](lambda);
  const total = (loss: (lambda: number) => number): number =>
    eigenvalues.reduce((sum, { lambda, count }) => sum + count * loss(lambda), 0);
  const curve = (variance: (lambda: number) => number): number[] =>
    steps.map((t) =>
      total((lambda) => expectedLoss({ lambda, initialVariance, gradientVariance: variance(lambda) }, learningRate, t)),
    );
  const lambdaMax = topRitzValues(spectrum, 1)[0]?.value ?? 0;
  const criticalRate = lambdaMax > 0 ? 2 / lambdaMax : null;
  const diverges = eigenvalues.some(({ lambda }) => learningRate * lambda >= 2);
  return {
    steps,
    noiseFree: curve(() => 0),
    noisy: curve(gradientVariance),
    // η² c ½ λ / (1 − ρ) = η c / (2 (2 − ηλ))
    floor: diverges
      ? null
      : total((lambda) => (learningRate * gradientVariance(lambda)) / (2 * (2 - learningRate * lambda))),
    criticalRate,
  };
}

/**
 * What the loss falls by in t noise-free steps of gradient descent, on the quadratic model around the point where the gradient
 * energy spectrum was measured: a tridiagonal from Lanczos started at g / ‖g‖ (or its nodes and weights), and ‖g‖². A polynomial
 * of degree 2t − 1 in λ, so that m Lanczos steps give it exactly for t ≤ m. No minimum is needed: negative eigenvalues count.
 */
export function predictLossDecrease(
  gradientEnergy: ProbeMeasurement,
  squaredGradientNorm: number,
  options: DescentOptions,
): number[] {
  checkDescent(options);
  requireAtLeastZero('squaredGradientNorm', squaredGradientNorm);
  const { nodes, weights } = quadrature(gradientEnergy);
  return options.steps.map((t) =>
    nodes.reduce(
      (sum, lambda, i) =>
        sum + lossDecrease(squaredGradientNorm * (weights[i] as number), lambda, options.learningRate, t),
      0,
    ),
  );
}

function checkDescent({ learningRate, steps }: DescentOptions): void {
  if (!(learningRate > 0) || !Number.isFinite(learningRate)) {
    throw new SpectrumError('BAD_OPTION', `learningRate: expected a number greater than 0, got ${learningRate}.`);
  }
  const bad = steps.find((t) => !Number.isSafeInteger(t) || t < 0);
  if (bad !== undefined) throw new SpectrumError('BAD_OPTION', `steps: expected integers of at least 0, got ${bad}.`);
}

function requireAtLeastZero(name: string, value: number): void {
  if (!(value >= 0) || !Number.isFinite(value)) {
    throw new SpectrumError('BAD_OPTION', `${name}: expected a finite number of at least 0, got ${value}.`);
  }
}
