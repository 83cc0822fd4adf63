/** The curvature operators: which there are, of which losses, and how their micro-batches add up. */
import { unknownChoice } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import type { Problem } from '../model/buildLoss.ts';
import type { Batch } from '../model/Examples.ts';
import type { Loss } from '../model/Loss.ts';
import { isOneNumber, tiesExamples } from './passSize.ts';

/**
 * Of a loss L = (1/N) Σ ℓ_i over N examples with outputs z:
 * - `hessian`: H, the second derivatives of L.
 * - `ggn`: the generalised Gauss–Newton matrix G = Jᵀ H_L J, with J the derivative of the outputs and H_L the Hessian of the loss in
 *   the outputs (Schraudolph, Neural Computation 14, 2002); positive semidefinite for every loss here.
 * - `residual`: R = H − G = (1/N) Σ ∂ℓ_i/∂z ∇²z, the curvature of the network weighted by the errors.
 * - `fisher`: the empirical Fisher matrix (1/N) Σ g_i g_iᵀ of the gradients g_i of the ℓ_i, which add up to that of L whatever counts
 *   in it; of a sum of losses N times that. Positive semidefinite.
 * - `gradient-covariance`: Σ p_b (g_b − g)(g_b − g)ᵀ of the gradients g_b of the mini-batches, `microBatch` examples each and a share
 *   p_b of all, around their mean g. Positive semidefinite.
 */
export const curvatureOperators = ['hessian', 'ggn', 'residual', 'fisher', 'gradient-covariance'] as const;
export type CurvatureOperator = (typeof curvatureOperators)[number];

/** Whether weight decay λ/2 ‖w‖² adds λ to the diagonal: R = H − G and the covariance do not see it. */
export const addsWeightDecay: Readonly<Record<CurvatureOperator, boolean>> = {
  hessian: true,
  ggn: true,
  residual: false,
  fisher: true,
  'gradient-covariance': false,
};

/** The factor of a micro-batch's products in their sum. `weight` is that of its loss. */
export function batchFactor(operator: CurvatureOperator, loss: Loss, { weight, share, examples }: Batch): number {
  switch (operator) {
    case 'hessian':
    case 'ggn':
    case 'residual':
      return weight;
    case 'fisher':
      return weight ** 2 * (isSummed(loss) ? 1 : examples / share);
    case 'gradient-covariance':
      return weight ** 2 / share;
  }
}

function isSummed(loss: Loss): boolean {
  return loss.kind !== 'output' && loss.reduction === 'sum';
}

interface Sizes {
  readonly examples: number;
  /** As it was asked for. */
  readonly microBatch: number | undefined;
}

/**
 * Throws an EstimationError (BAD_OPTION) for a value that is not a curvature operator, as a caller without types may give, and for one that
 * the loss or the examples do not have.
 */
export function checkCurvatureOperator(problem: Problem, operator: CurvatureOperator, sizes: Sizes): void {
  const fault = faultOf(problem, operator, sizes);
  if (fault !== null) throw new EstimationError('BAD_OPTION', fault);
}

function faultOf(problem: Problem, operator: CurvatureOperator, { examples, microBatch }: Sizes): string | null {
  switch (operator) {
    case 'hessian':
      return null;
    case 'ggn':
    case 'residual': {
      const why = withoutGgn[problem.loss.kind];
      return why && `operator: ${operator} has no meaning here: ${why} Take the hessian.`;
    }
    case 'fisher':
      return tiesExamples(problem)
        ? 'operator: fisher has no meaning here: the examples of a batch depend on each other, so that they have no gradients of ' +
            'their own. Take batchNorm: "running" or the gradient-covariance.'
        : null;
    case 'gradient-covariance': {
      if (isOneNumber(problem))
        return 'operator: gradient-covariance has no meaning here: the model computes one loss for all examples.';
      if (microBatch !== undefined && microBatch < examples) return null;
      const got = microBatch ?? 'nothing';
      return `microBatch: expected the size of the mini-batches, less than ${examples}, got ${got}. Give it with operator: gradient-covariance.`;
    }
    default:
      return unknownOperator(operator);
  }
}

function unknownOperator(operator: never): string {
  return unknownChoice('operator', curvatureOperators, operator);
}

/** Why there is no Gauss–Newton matrix of a loss. */
const withoutGgn: Readonly<Record<Loss['kind'], string | null>> = {
  softmaxCrossEntropy: null,
  negativeLogLikelihood:
    'the negative log-likelihood is linear in its log-probabilities. As a cross-entropy of the same outputs the loss has one.',
  binaryCrossEntropy: null,
  meanSquaredError: null,
  absoluteError: 'the second derivative of an absolute error in the outputs is zero, and the matrix with it.',
  huber: null,
  output: 'the model computes its loss itself, so that its outputs are not known.',
};
