/** The options of `ritz spectrum` that describe the loss. */
import type { Reduction } from '@ritz/estimation';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CliError } from '../terminal/cliError.ts';
import { parseCount } from '../terminal/count.ts';

const lossNames = [
  'cross-entropy',
  'nll',
  'binary-cross-entropy',
  'mean-squared-error',
  'l1',
  'huber',
  'output',
] as const;
export type LossName = (typeof lossNames)[number];

const shortNames: Readonly<Record<string, LossName>> = { bce: 'binary-cross-entropy', mse: 'mean-squared-error' };

const outputKinds = ['logits', 'probabilities', 'log-probabilities'] as const;
export type OutputKind = (typeof outputKinds)[number];

export interface LossOptions {
  /** Default: as the file says, else cross-entropy. */
  readonly loss?: LossName;
  /** Default: PyTorch's mean. */
  readonly reduction?: Reduction;
  readonly labelSmoothing?: number;
  /** Default: −100 where such labels occur. */
  readonly ignoreIndex?: number;
  /** `1,2,0.5`, or a file that `readArray` reads. */
  readonly classWeights?: string;
  /** Default: the axis that the shapes of outputs and labels allow. */
  readonly classAxis?: number;
  readonly delta?: number;
  readonly weightDecay?: number;
  /** What the outputs are, where this is not detected. */
  readonly outputs?: OutputKind;
}

/** Returns null for an unknown name. */
export function lossNamed(text: string): LossName | null {
  return shortNames[text] ?? lossNames.find((known) => known === text) ?? null;
}

function parseLoss(text: string): LossName {
  const name = lossNamed(text);
  if (name !== null) return name;
  throw new InvalidArgumentError(`Expected one of ${[...lossNames, ...Object.keys(shortNames)].join(', ')}.`);
}

function number(flag: string, expected: string, fits: (value: number) => boolean): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new CliError(`${flag}: expected ${expected}, got "${text}".`);
  };
}

function parseClassAxis(text: string): number {
  return parseCount(text, { flag: '--class-axis', meaning: 'axis of the classes in the outputs', least: 1, most: 31 });
}

/** Adds the options to a command. */
export function declareLossOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--loss <loss>',
        `loss: ${lossNames.join(', ')}; short: bce, mse (default: as the file says, else cross-entropy)`,
      ).argParser(parseLoss),
    )
    .addOption(
      new Option(
        '--reduction <how>',
        "PyTorch's mean, the sum, or the unweighted mean over the labels that are not ignored",
      ).choices(['mean', 'sum', 'token-mean']),
    )
    .option(
      '--label-smoothing <share>',
      'label smoothing of cross-entropy, from 0 to below 1',
      number('--label-smoothing', 'a number from 0 to below 1', (value) => value >= 0 && value < 1),
    )
    .option(
      '--ignore-index <label>',
      'label to ignore (default: -100)',
      number('--ignore-index', 'an integer', Number.isInteger),
    )
    .option('--class-weights <list>', 'one weight per class: 1,2,0.5 or a file')
    .addOption(
      new Option('--class-axis <axis>', 'axis of the classes in the outputs [N, ...] (PyTorch: 1)').argParser(
        parseClassAxis,
      ),
    )
    .option(
      '--delta <d>',
      'threshold between the quadratic and the linear part of huber (default: 1)',
      number('--delta', 'a number above 0', (value) => value > 0),
    )
    .option(
      '--weight-decay <factor>',
      'add factor/2 times the squared norm of the parameters to the loss',
      number('--weight-decay', 'a number of at least 0', (value) => value >= 0),
    )
    .addOption(new Option('--outputs <what>', 'what the outputs are, where this is not detected').choices(outputKinds));
}
