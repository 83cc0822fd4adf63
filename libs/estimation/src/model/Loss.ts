/** Losses as data, so that they can be stored and compared. Their graphs: `meanLoss`; their targets: `targets`. */
import type { Shape } from '../graph/Node.ts';

export const lossKinds = [
  'softmaxCrossEntropy',
  'negativeLogLikelihood',
  'binaryCrossEntropy',
  'meanSquaredError',
  'absoluteError',
  'huber',
  'output',
] as const satisfies readonly Loss['kind'][];
export const reductions = ['mean', 'sum', 'token-mean'] as const;
export const lossTargets = ['classes', 'probabilities'] as const;
export const lossOutputs = ['logProbabilities', 'probabilities'] as const;

/**
 * What the sum over all targets is divided by. `mean`: as PyTorch's `reduction="mean"`, the number of targets (tokens, independent
 * labels, components), those left out not counted, each counted with the weight of its class. `sum`: nothing. `token-mean`, of labels
 * of classes: the number of labels that count, whatever their weights.
 */
export type Reduction = (typeof reductions)[number];

interface Reduced {
  /** Default `mean`. */
  readonly reduction?: Reduction;
}

interface OfClasses extends Reduced {
  /** Axis of the classes in the outputs [N, ...]; negative axes count from the end. Default −1; in PyTorch 1. */
  readonly classAxis?: number;
  /** Targets of this value do not count: no term of the sum, no part of the mean. Only for `classes`. Default: every target counts. */
  readonly ignoreIndex?: number;
  /** [C]: a factor of each class, at least 0. Default 1. */
  readonly classWeights?: readonly number[];
}

interface SoftmaxCrossEntropy extends OfClasses {
  /** Of logits: [N, C], per token [N, T, C] or, with `classAxis` 1, [N, C, H, W]. */
  readonly kind: 'softmaxCrossEntropy';
  /** `classes`: indices of the shape of the outputs without the class axis (the default). `probabilities`: of the shape of the logits. */
  readonly targets?: (typeof lossTargets)[number];
  /** ε: targets become (1 − ε) t + ε / C (Szegedy et al., CVPR 2016). Default 0. */
  readonly labelSmoothing?: number;
}

interface NegativeLogLikelihood extends OfClasses {
  /** −log p of the target's class; the outputs are log-probabilities, or probabilities whose logarithm is taken. */
  readonly kind: 'negativeLogLikelihood';
  readonly outputs?: (typeof lossOutputs)[number];
}

interface OfNumbers extends Reduced {
  /**
   * Of outputs and targets of the same shape. `binaryCrossEntropy`: of logits and targets in [0, 1]. `meanSquaredError`:
   * (output − target)². `absoluteError`: |output − target|.
   */
  readonly kind: 'binaryCrossEntropy' | 'meanSquaredError' | 'absoluteError';
}

interface Huber extends Reduced {
  /** d²/2 where |d| ≤ δ for d = output − target, else δ (|d| − δ/2) (Huber, Annals of Mathematical Statistics 35, 1964). */
  readonly kind: 'huber';
  /** δ > 0. Default 1. */
  readonly delta?: number;
}

/** The outputs of the model are its loss: the mean over them, where there are several. */
interface Output {
  readonly kind: 'output';
}

export type Loss = SoftmaxCrossEntropy | NegativeLogLikelihood | OfNumbers | Huber | Output;

/** A loss of labels of classes, or of a probability for each of them. */
export type ClassLoss = SoftmaxCrossEntropy | NegativeLogLikelihood;

export function isClassLoss(loss: Loss): loss is ClassLoss {
  return loss.kind === 'softmaxCrossEntropy' || loss.kind === 'negativeLogLikelihood';
}

export function takesLabels(loss: Loss): loss is ClassLoss {
  return (
    loss.kind === 'negativeLogLikelihood' || (loss.kind === 'softmaxCrossEntropy' && loss.targets !== 'probabilities')
  );
}

/** Where the classes are in outputs of this rank, counted from the start. */
export function classAxisOf({ classAxis = -1 }: ClassLoss, rank: number): number {
  return classAxis < 0 ? classAxis + rank : classAxis;
}

/** C, the number of classes that outputs [N, ...] tell apart. */
export function classCount(loss: ClassLoss, outputs: Shape): number {
  return outputs[classAxisOf(loss, outputs.length)] ?? 1;
}
