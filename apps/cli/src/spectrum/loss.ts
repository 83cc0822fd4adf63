/** Builds the requested loss for these outputs and labels. */
import type { Ending, Loss, RemovableActivation } from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';
import type { KnownLoss } from './knownLoss.ts';
import type { LossName, LossOptions, OutputKind } from './lossOptions.ts';
import { readArray } from './readArray.ts';
import {
  areProbabilities,
  checkLabels,
  classAxisOf,
  classIndices,
  numbers,
  requireSums,
  type TargetSource,
} from './targets.ts';

export interface ChosenLoss {
  readonly loss: Loss;
  readonly targets: Float64Array | Int32Array;
  /** The final activation, where the loss includes it and the model is read without it. */
  readonly withoutFinal: RemovableActivation | null;
  readonly warnings: readonly string[];
}

/** The options that each loss takes besides the reduction. */
const taken: Readonly<Record<LossName, readonly (keyof LossOptions)[]>> = {
  'cross-entropy': ['labelSmoothing', 'ignoreIndex', 'classWeights', 'classAxis', 'outputs', 'reduction'],
  nll: ['ignoreIndex', 'classWeights', 'classAxis', 'outputs', 'reduction'],
  'binary-cross-entropy': ['reduction'],
  'mean-squared-error': ['reduction'],
  l1: ['reduction'],
  huber: ['delta', 'reduction'],
  output: [],
};

const flags: Readonly<Partial<Record<keyof LossOptions, string>>> = {
  reduction: '--reduction',
  labelSmoothing: '--label-smoothing',
  ignoreIndex: '--ignore-index',
  classWeights: '--class-weights',
  classAxis: '--class-axis',
  delta: '--delta',
  outputs: '--outputs',
};

function requireTaken(options: KnownLoss): void {
  for (const [key, flag] of Object.entries(flags) as [keyof LossOptions, string][]) {
    if (options[key] === undefined || taken[options.loss].includes(key)) continue;
    const where = Object.entries(taken).flatMap(([name, keys]) => (keys.includes(key) ? [name] : []));
    throw new CliError(
      `${flag}: expected --loss ${where.join(' or ')}, got --loss ${options.loss}. Leave ${flag} out.`,
    );
  }
}

/** Throws a CliError that names the option, or the file and the row. */
export async function chooseLoss(
  options: KnownLoss,
  source: Omit<TargetSource, 'loss'> | null,
  ending: Ending | null,
): Promise<ChosenLoss> {
  const { loss: name } = options;
  requireTaken(options);
  if (name === 'output') {
    return { loss: { kind: 'output' }, targets: new Float64Array(), withoutFinal: null, warnings: [] };
  }
  if (!source) throw new CliError(`--labels: expected a file for --loss ${name}, got none.`);
  const labelled = { ...source, loss: name };
  checkLabels(labelled);
  const reduction = options.reduction && { reduction: options.reduction };
  switch (name) {
    case 'cross-entropy':
    case 'nll':
      return ofClasses(options, labelled, ending);
    case 'binary-cross-entropy':
      return {
        loss: { kind: 'binaryCrossEntropy', ...reduction },
        targets: numbers(labelled),
        withoutFinal: ending?.activation === 'sigmoid' ? 'sigmoid' : null,
        warnings: kept(name, ending?.activation === 'sigmoid' ? null : ending),
      };
    case 'mean-squared-error':
      return ofNumbers({ kind: 'meanSquaredError', ...reduction }, labelled);
    case 'l1':
      return ofNumbers({ kind: 'absoluteError', ...reduction }, labelled);
    case 'huber': {
      const delta = options.delta !== undefined && { delta: options.delta };
      return ofNumbers({ kind: 'huber', ...reduction, ...delta }, labelled);
    }
  }
}

function ofNumbers(loss: Loss, source: TargetSource): ChosenLoss {
  return { loss, targets: numbers(source), withoutFinal: null, warnings: [] };
}

/** PyTorch's default. */
const defaultIgnored = -100;

async function ofClasses(options: KnownLoss, source: TargetSource, ending: Ending | null): Promise<ChosenLoss> {
  const axis = classAxisOf(source, options.classAxis);
  const isSoft = areProbabilities(source);
  const ignored = options.ignoreIndex ?? (source.labels.data.includes(defaultIgnored) ? defaultIgnored : null);
  if (isSoft) requireSums(source, axis);
  const targets = isSoft ? numbers(source) : classIndices(source, axis, ignored);
  const shared = {
    ...(axis !== source.outputs.length - 1 && { classAxis: axis }),
    ...(ignored !== null && !isSoft && { ignoreIndex: ignored }),
    ...(options.classWeights !== undefined && { classWeights: await weightsOf(options.classWeights) }),
    ...(options.reduction && { reduction: options.reduction }),
  };
  const { kind, withoutFinal, warnings } = kindOf(options, ending, axis);
  switch (kind) {
    case 'logits': {
      const smoothing = options.labelSmoothing !== undefined && { labelSmoothing: options.labelSmoothing };
      const soft = isSoft && ({ targets: 'probabilities' } as const);
      return {
        loss: { kind: 'softmaxCrossEntropy', ...shared, ...smoothing, ...soft },
        targets,
        withoutFinal,
        warnings,
      };
    }
    case 'probabilities':
    case 'log-probabilities': {
      if (isSoft || options.labelSmoothing !== undefined) {
        throw new CliError(
          `--outputs ${kind}: expected class indices without --label-smoothing. Export the logits instead.`,
        );
      }
      const outputs = kind === 'probabilities' ? 'probabilities' : 'logProbabilities';
      return { loss: { kind: 'negativeLogLikelihood', ...shared, outputs }, targets, withoutFinal, warnings };
    }
  }
}

interface Recognised extends Pick<ChosenLoss, 'withoutFinal' | 'warnings'> {
  /** How the loss reads the outputs. */
  readonly kind: OutputKind;
}

/**
 * A softmax over the classes at the end is part of a cross-entropy: left off. The logarithm of one is its own log-softmax, so that a
 * cross-entropy of log-probabilities is their negative log-likelihood, and has a Gauss–Newton matrix besides.
 */
function kindOf({ loss, outputs }: KnownLoss, ending: Ending | null, axis: number): Recognised {
  const isOverClasses = ending?.axis === axis;
  if (outputs !== undefined) return { kind: outputs, withoutFinal: null, warnings: [] };
  if (ending?.activation === 'logSoftmax' && isOverClasses) return { kind: 'logits', withoutFinal: null, warnings: [] };
  if (ending?.activation === 'softmax' && isOverClasses) {
    if (loss === 'cross-entropy') return { kind: 'logits', withoutFinal: 'softmax', warnings: [] };
    throw new CliError(
      '--loss nll: expected a model that ends in log-probabilities, got one that ends in a softmax. Give --loss cross-entropy, or ' +
        '--outputs probabilities, which takes the logarithm.',
    );
  }
  return { kind: loss === 'nll' ? 'log-probabilities' : 'logits', withoutFinal: null, warnings: kept(loss, ending) };
}

function kept(loss: LossName, ending: Ending | null): string[] {
  if (!ending) return [];
  const where = ending.axis === null ? '' : ` over axis ${ending.axis}`;
  return [
    `The model ends in a ${ending.activation}${where}, which --loss ${loss} does not include: it stays part of the model.`,
  ];
}

async function weightsOf(given: string): Promise<number[]> {
  const listed = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (listed.every(Number.isFinite)) return listed;
  const { shape, data } = await readArray(given);
  if (shape.length === 1) return [...data];
  throw new CliError(
    `--class-weights: expected one number for each class, got an array of shape [${shape.join(', ')}].`,
  );
}
