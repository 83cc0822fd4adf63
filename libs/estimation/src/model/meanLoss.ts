/** A loss as a graph. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { affine, scale } from '../ops/affine.ts';
import { binaryCrossEntropy } from '../ops/binaryCrossEntropy.ts';
import { absoluteError, huberError } from '../ops/differences.ts';
import { log } from '../ops/log.ts';
import { mean, meanSquaredError } from '../ops/meanSquaredError.ts';
import { multiply } from '../ops/multiply.ts';
import { oneHot } from '../ops/oneHot.ts';
import { reshape } from '../ops/reshape.ts';
import { softmaxCrossEntropy } from '../ops/softmaxCrossEntropy.ts';
import { sum } from '../ops/sum.ts';
import { transpose } from '../ops/transpose.ts';
import { classAxisOf, isClassLoss, type ClassLoss, type Loss } from './Loss.ts';
import { checkLoss, hasIgnored, targetsFor } from './targets.ts';

export interface LossNodes {
  /** The outputs as they are compared with the targets, classes last: what the loss is directly a function of. */
  readonly compared: Node;
  /** Scalar. */
  readonly loss: Node;
}

/**
 * The sum over all terms of a batch, divided by their number, those that do not count included: a scalar. `divisorOf` says what makes
 * of it the reduction that was asked for. Adds the inputs `targets` and `counted` to the graph, where the loss takes them. Throws an
 * EstimationError (BAD_OPTION, SHAPE) for a loss that these outputs cannot have.
 */
export function meanLoss(graph: GraphBuilder, loss: Loss, outputs: Node): LossNodes {
  if (loss.kind === 'output') return { compared: outputs, loss: mean(graph, outputs) };
  checkLoss(loss, outputs.shape);
  const target = targetsFor(loss, outputs.shape);
  const targets = graph.input('targets', target?.shape ?? [], target?.type);
  const compared = isClassLoss(loss) ? classesLast(graph, loss, outputs) : outputs;
  return { compared, loss: meanOf(graph, loss, compared, targets) };
}

function meanOf(graph: GraphBuilder, loss: Exclude<Loss, { kind: 'output' }>, compared: Node, targets: Node): Node {
  switch (loss.kind) {
    case 'softmaxCrossEntropy':
    case 'negativeLogLikelihood':
      return mean(graph, counted(graph, loss, targets, rows(graph, loss, compared, targets)));
    case 'binaryCrossEntropy':
      return mean(graph, binaryCrossEntropy(graph, compared, targets));
    case 'meanSquaredError':
      return meanSquaredError(graph, compared, targets);
    case 'absoluteError':
      return mean(graph, absoluteError(graph, compared, targets));
    case 'huber':
      return mean(graph, huberError(graph, compared, targets, loss.delta ?? 1));
  }
}

/** Of each label, with the weight of its class. [..., 1] */
function rows(graph: GraphBuilder, loss: ClassLoss, compared: Node, targets: Node): Node {
  const classes = compared.shape.at(-1) ?? 1;
  const wanted = weighted(graph, loss, probabilities(graph, loss, classes, targets));
  switch (loss.kind) {
    case 'softmaxCrossEntropy':
      return softmaxCrossEntropy(graph, compared, wanted);
    case 'negativeLogLikelihood': {
      const logarithms = loss.outputs === 'probabilities' ? log(graph, compared) : compared;
      return scale(graph, sum(graph, multiply(graph, wanted, logarithms), [-1]), -1);
    }
  }
}

function classesLast(graph: GraphBuilder, loss: ClassLoss, values: Node): Node {
  const rank = values.shape.length;
  const axis = classAxisOf(loss, rank);
  if (axis === rank - 1) return values;
  const others = values.shape.flatMap((_, position) => (position === axis ? [] : [position]));
  return transpose(graph, values, [...others, axis]);
}

/** A probability for each class, the classes last. */
function probabilities(graph: GraphBuilder, loss: ClassLoss, classes: number, targets: Node): Node {
  if (loss.kind === 'negativeLogLikelihood') return oneHot(graph, targets, classes);
  const { labelSmoothing = 0 } = loss;
  const sharp = loss.targets === 'probabilities' ? classesLast(graph, loss, targets) : oneHot(graph, targets, classes);
  return affine(graph, sharp, { factor: 1 - labelSmoothing, offset: labelSmoothing / classes });
}

function weighted(graph: GraphBuilder, { classWeights }: ClassLoss, wanted: Node): Node {
  if (!classWeights) return wanted;
  const lead = wanted.shape.slice(1).map(() => 1);
  return multiply(graph, wanted, graph.constant(classWeights, [...lead, classWeights.length]));
}

/** 0 for labels that do not count. */
function counted(graph: GraphBuilder, loss: ClassLoss, { shape }: Node, terms: Node): Node {
  if (!hasIgnored(loss)) return terms;
  return multiply(graph, terms, reshape(graph, graph.input('counted', shape), [...shape, 1]));
}
