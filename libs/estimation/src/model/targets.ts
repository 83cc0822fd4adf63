/** What a loss is fed beside the inputs, and what its sum over all targets is divided by. */
import { floatArray, type Precision } from '@ritz/lanczos';
import { type Tensors } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, type ElementType, type Shape } from '../graph/Node.ts';
import { checkLossWords } from './checkLossWords.ts';
import { classAxisOf, classCount, isClassLoss, takesLabels, type ClassLoss, type Loss } from './Loss.ts';

export interface TargetShape {
  readonly shape: Shape;
  readonly type: ElementType;
}

/** Shape and type of what is to be fed as targets for outputs of a shape; null for a loss that takes none. */
export function targetsFor(loss: Loss, outputs: Shape): TargetShape | null {
  if (loss.kind === 'output') return null;
  if (!takesLabels(loss)) return { shape: outputs, type: 'float' };
  return { shape: outputs.toSpliced(classAxisOf(loss, outputs.length), 1), type: 'int' };
}

/** Whether some targets may not count, so that the graph is told which. */
export function hasIgnored(loss: Loss): loss is ClassLoss & { readonly ignoreIndex: number } {
  return takesLabels(loss) && loss.ignoreIndex !== undefined;
}

/**
 * Feeds of the targets from `start` on for outputs of a shape: `targets`, and `counted`, 1 for targets that count and 0 for others,
 * where some may not; these are fed as class 0.
 */
export function targetFeeds(
  loss: Loss,
  outputs: Shape,
  values: ArrayLike<number>,
  start: number,
  precision: Precision,
): Tensors {
  const target = targetsFor(loss, outputs);
  if (!target) return {};
  const { shape, type } = target;
  const count = sizeOf(shape);
  const data = type === 'int' ? new Int32Array(count) : floatArray(precision, count);
  for (let i = 0; i < count; i++) data[i] = values[start + i] ?? Number.NaN;
  if (!hasIgnored(loss)) return { targets: { shape, data } };
  const counted = floatArray(precision, count);
  for (let i = 0; i < count; i++) {
    const counts = data[i] !== loss.ignoreIndex;
    counted[i] = counts ? 1 : 0;
    if (!counts) data[i] = 0;
  }
  return { targets: { shape, data }, counted: { shape, data: counted } };
}

/** How many numbers the outputs are compared in: labels, or numbers. The loss of a graph is the sum divided by this. */
export function termsOf(loss: Loss, outputs: Shape): number {
  return sizeOf(outputs) / (isClassLoss(loss) ? classCount(loss, outputs) : 1);
}

/**
 * What the sum over all terms is divided by, for all targets of the data: exact however they are cut into batches. Throws an
 * EstimationError (BAD_OPTION) where nothing counts.
 */
export function divisorOf(loss: Loss, outputs: Shape, targets: ArrayLike<number>): number {
  if (loss.kind === 'output') return termsOf(loss, outputs);
  switch (loss.reduction ?? 'mean') {
    case 'sum':
      return 1;
    case 'token-mean':
      return requireTerms(loss, takesLabels(loss) ? weightOf(loss, null, targets) : termsOf(loss, outputs));
    case 'mean': {
      const weights = takesLabels(loss) ? (loss.classWeights ?? null) : null;
      return requireTerms(loss, takesLabels(loss) ? weightOf(loss, weights, targets) : termsOf(loss, outputs));
    }
  }
}

function weightOf({ ignoreIndex }: ClassLoss, weights: readonly number[] | null, targets: ArrayLike<number>): number {
  let sum = 0;
  for (let i = targets.length - 1; i >= 0; i--) {
    const label = targets[i] ?? Number.NaN;
    if (label !== ignoreIndex) sum += weights ? (weights[label] ?? Number.NaN) : 1;
  }
  return sum;
}

function requireTerms(loss: Loss, divisor: number): number {
  if (divisor > 0) return divisor;
  const why = hasIgnored(loss) ? `all are ${loss.ignoreIndex} (ignoreIndex) or of weight 0` : 'all are of weight 0';
  throw new EstimationError('BAD_OPTION', `targets: expected at least one that counts, but ${why}.`);
}

/** Throws an EstimationError (BAD_OPTION, SHAPE) for settings that the outputs [N, ...] cannot have. */
export function checkLoss(loss: Loss, outputs: Shape): void {
  checkLossWords(loss);
  if (loss.kind !== 'output' && outputs.length === 0) {
    const advice = 'Where it is the loss itself, say so (loss "output").';
    throw new EstimationError('SHAPE', `The model gives a single number, not outputs for each example. ${advice}`);
  }
  if (!isClassLoss(loss)) return checkNumbers(loss);
  const { classAxis = -1, classWeights, ignoreIndex } = loss;
  const rank = outputs.length;
  const axis = classAxisOf(loss, rank);
  if (!Number.isInteger(classAxis) || axis < 1 || axis >= rank) {
    const shown = `[${['N', ...outputs.slice(1)].join(', ')}]`;
    throw bad('classAxis', `an axis from 1 to ${rank - 1} of outputs ${shown}`, classAxis);
  }
  if (ignoreIndex !== undefined && !Number.isInteger(ignoreIndex)) throw bad('ignoreIndex', 'an integer', ignoreIndex);
  if (classWeights) checkClassWeights(classWeights, classCount(loss, outputs));
  if (loss.kind !== 'softmaxCrossEntropy') return;
  const { labelSmoothing = 0, targets } = loss;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw bad('labelSmoothing', 'a number from 0 to below 1', labelSmoothing);
  if (targets === 'probabilities' && ignoreIndex !== undefined) {
    throw new EstimationError('BAD_OPTION', 'ignoreIndex: only labels of classes can be left out, not probabilities.');
  }
}

function checkClassWeights(weights: readonly number[], classes: number): void {
  if (weights.length !== classes) throw bad('classWeights', `${classes} numbers, one for each class`, weights.length);
  const wrong = weights.find((weight) => !(weight >= 0) || !Number.isFinite(weight));
  if (wrong !== undefined) throw bad('classWeights', 'numbers of at least 0', wrong);
}

function checkNumbers(loss: Exclude<Loss, ClassLoss>): void {
  if (loss.kind === 'output') return;
  if (loss.reduction === 'token-mean') {
    throw new EstimationError(
      'BAD_OPTION',
      `reduction: token-mean is a mean over labels of classes; ${loss.kind} has none.`,
    );
  }
  if (loss.kind !== 'huber') return;
  const { delta = 1 } = loss;
  if (!(delta > 0) || !Number.isFinite(delta)) throw bad('delta', 'a number above 0', delta);
}

function bad(option: string, expected: string, given: number): EstimationError {
  return new EstimationError('BAD_OPTION', `${option}: expected ${expected}, got ${given}.`);
}
