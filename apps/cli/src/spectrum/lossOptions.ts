/** What `ritz spectrum` may be told about the loss. */
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
  /** Left out: as the file says, else cross-entropy. */
  readonly loss?: LossName;
  /** Left out: PyTorch's mean. */
  readonly reduction?: Reduction;
  readonly labelSmoothing?: number;
  /** Left out: −100 where there are such labels. */
  readonly ignoreIndex?: number;
  /** `1,2,0.5`, or a file that `readArray` reads. */
  readonly classWeights?: string;
  /** Left out: the one that the shapes of outputs and labels allow. */
  readonly classAxis?: number;
  readonly delta?: number;
  readonly weightDecay?: number;
  /** What the outputs are, where that is not recognised. */
  readonly outputs?: OutputKind;
}

/** null for a name that is not known. */
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
        `what is minimised (${lossNames.join(', ')}; short: bce, mse); else as the file says, or cross-entropy`,
      ).argParser(parseLoss),
    )
    .addOption(
      new Option(
        '--reduction <how>',
        "PyTorch's mean, the sum, or the mean over the labels that count, unweighted",
      ).choices(['mean', 'sum', 'token-mean']),
    )
    .option(
      '--label-smoothing <share>',
      'of cross-entropy',
      number('--label-smoothing', 'a number from 0 to below 1', (value) => value >= 0 && value < 1),
    )
    .option(
      '--ignore-index <label>',
      'label that does not count; -100 unless given',
      number('--ignore-index', 'an integer', Number.isInteger),
    )
    .option('--class-weights <list>', 'a factor for each class: 1,2,0.5 or a file of them')
    .addOption(
      new Option('--class-axis <axis>', 'axis of the classes in the outputs [N, ...]; 1 as in PyTorch').argParser(
        parseClassAxis,
      ),
    )
    .option(
      '--delta <d>',
      'of huber: where it becomes linear (default 1)',
      number('--delta', 'a number above 0', (value) => value > 0),
    )
    .option(
      '--weight-decay <factor>',
      'adds factor/2 times the squared parameters to the loss',
      number('--weight-decay', 'a number of at least 0', (value) => value >= 0),
    )
    .addOption(
      new Option('--outputs <what>', 'what the outputs are, where that is not recognised').choices(outputKinds),
    );
}
