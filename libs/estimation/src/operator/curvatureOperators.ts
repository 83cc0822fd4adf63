/** The curvature operators of a loss L = (1/N) Σ ℓ_i over N examples: one file and one line each. */
import { unknownChoice } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import type { Problem } from '../model/buildLoss.ts';
import { fisher } from './operators/fisher.ts';
import { ggn } from './operators/ggn.ts';
import { gradientCovariance } from './operators/gradientCovariance.ts';
import { hessian } from './operators/hessian.ts';
import type { OperatorDefinition, Sizes } from './operators/OperatorDefinition.ts';
import { residual } from './operators/residual.ts';

export const curvatureOperators = {
  hessian,
  ggn,
  residual,
  fisher,
  'gradient-covariance': gradientCovariance,
} as const satisfies Readonly<Record<string, OperatorDefinition>>;
export type CurvatureOperator = keyof typeof curvatureOperators;

/**
 * Throws an EstimationError (BAD_OPTION) for a value that is not a curvature operator, as a caller without types may give, and for one that
 * the loss or the examples do not have.
 */
export function checkCurvatureOperator(problem: Problem, operator: CurvatureOperator, sizes: Sizes): void {
  const fault = Object.hasOwn(curvatureOperators, operator)
    ? curvatureOperators[operator].fault(problem, sizes)
    : unknownChoice('operator', Object.keys(curvatureOperators), operator);
  if (fault !== null) throw new EstimationError('BAD_OPTION', fault);
}
