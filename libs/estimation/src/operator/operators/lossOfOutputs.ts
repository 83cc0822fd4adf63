/** Which losses have a curvature in the outputs of the network, as the Gauss–Newton matrix and the residual need it. */
import { EstimationError } from '../../error/EstimationError.ts';
import { topologicalOrder, type Node } from '../../graph/Node.ts';
import type { Loss } from '../../model/Loss.ts';

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

/** Why the loss has no such operator, as a message; null where it has one. */
export function faultOfLoss(operator: string, { kind }: Loss): string | null {
  const why = withoutGgn[kind];
  return why && `operator: ${operator} has no meaning here: ${why} Take the hessian.`;
}

/** Throws an EstimationError (UNSUPPORTED) where the loss does not depend on the outputs. */
export function requireOutputs(loss: Node, compared: Node): void {
  if (topologicalOrder([loss]).includes(compared)) return;
  throw new EstimationError(
    'UNSUPPORTED',
    'operator: expected a loss of the outputs alone, got one that does not depend on the outputs. Take the hessian.',
  );
}
