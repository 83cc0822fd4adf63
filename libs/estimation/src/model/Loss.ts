/** Losses as data, so that they can be stored and compared, and their mean over a batch as a graph. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { ElementType, Node, Shape } from '../graph/Node.ts';
import { affine } from '../ops/affine.ts';
import { binaryCrossEntropy } from '../ops/binaryCrossEntropy.ts';
import { mean, meanSquaredError } from '../ops/meanSquaredError.ts';
import { oneHot } from '../ops/oneHot.ts';
import { softmaxCrossEntropy } from '../ops/softmaxCrossEntropy.ts';

/**
 * Always the mean over the examples; where an example has several outputs (tokens, independent labels, components), over those too,
 * as PyTorch's losses take it.
 */
export type Loss =
  | {
      /** Of logits [N, C] or, per token, [N, T, C]. */
      readonly kind: 'softmaxCrossEntropy';
      /** `classes`: indices [N] or [N, T] (the default). `probabilities`: soft labels of the shape of the logits. */
      readonly targets?: 'classes' | 'probabilities';
      /** ε: targets become (1 − ε) t + ε / C (Szegedy et al., CVPR 2016). Default 0. */
      readonly labelSmoothing?: number;
    }
  /** Of logits and targets in [0, 1] of the same shape. */
  | { readonly kind: 'binaryCrossEntropy' }
  /** (output − target)², of the same shape. */
  | { readonly kind: 'meanSquaredError' };

/** Shape and type of what is to be fed as targets for outputs of a shape. */
export function targetsFor(loss: Loss, outputs: Shape): { readonly shape: Shape; readonly type: ElementType } {
  const indices = loss.kind === 'softmaxCrossEntropy' && loss.targets !== 'probabilities';
  return indices ? { shape: outputs.slice(0, -1), type: 'int' } : { shape: outputs, type: 'float' };
}

/** The scalar loss. Throws an EstimationError (BAD_OPTION, SHAPE) for a loss that these outputs cannot have. */
export function meanLoss(graph: GraphBuilder, loss: Loss, outputs: Node, targets: Node): Node {
  switch (loss.kind) {
    case 'softmaxCrossEntropy':
      return mean(graph, softmaxCrossEntropy(graph, outputs, probabilities(graph, loss, outputs.shape, targets)));
    case 'binaryCrossEntropy':
      return mean(graph, binaryCrossEntropy(graph, outputs, targets));
    case 'meanSquaredError':
      return meanSquaredError(graph, outputs, targets);
  }
}

function probabilities(
  graph: GraphBuilder,
  { targets: kind, labelSmoothing = 0 }: Extract<Loss, { kind: 'softmaxCrossEntropy' }>,
  outputs: Shape,
  targets: Node,
): Node {
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    const given = `got ${labelSmoothing}`;
    throw new EstimationError('BAD_OPTION', `labelSmoothing: expected a number from 0 to below 1, ${given}.`);
  }
  const classes = outputs.at(-1) ?? 1;
  const sharp = kind === 'probabilities' ? targets : oneHot(graph, targets, classes);
  return affine(graph, sharp, { factor: 1 - labelSmoothing, offset: labelSmoothing / classes });
}
