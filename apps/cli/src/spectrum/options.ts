/** What `ritz spectrum` may be told, with its presets. */
import type { BlockSelection, EngineName } from '@ritz/estimation';
import {
  curvatureOperators,
  networkBatchNormModes,
  precisions,
  type CurvatureOperator,
  type NetworkBatchNormMode,
  type Precision,
} from '@ritz/records';
import { unknownChoice } from '@ritz/spectra';
import { Option, type Command } from 'commander';
import { addApiOptions, type ApiAddress } from '../api/apiAddress.ts';
import { CliError } from '../terminal/cliError.ts';
import { parseCount } from '../terminal/count.ts';
import type { OptionNames } from '../terminal/optionNames.ts';
import { parseBlocks, parsePreconditioner, type PreconditionerFile } from './matrixOptions.ts';
import { declareLossOptions, type LossOptions } from './lossOptions.ts';

export interface SpectrumOptions extends ApiAddress, LossOptions {
  readonly model: string;
  /** Of the first input that `input` does not name. */
  readonly data?: string;
  /** `name=file`. */
  readonly input?: readonly string[];
  /** Of several. */
  readonly output?: string;
  readonly labels?: string;
  readonly operator: CurvatureOperator;
  /** `layers`, `tensors`, or name=pattern of each block. */
  readonly blocks?: BlockSelection;
  /** Of P in P^(-1/2) A P^(-1/2). */
  readonly preconditioner?: PreconditionerFile;
  /** Left out: as the file was saved. */
  readonly batchNorm?: NetworkBatchNormMode;
  readonly steps: number;
  readonly probes: number;
  readonly seed: number;
  /** Left out: float32, or float64 with `exact`. */
  readonly precision?: Precision;
  readonly engine: EngineName | 'auto';
  /** Examples per pass; left out: by the size of the activations, all of them where batch statistics tie them together. */
  readonly batch?: number;
  /** Vectors per pass, at most; left out: by the size of the activations. */
  readonly vectorsPerPass?: number;
  /** Bytes for passes and Krylov bases together. */
  readonly memory?: number;
  /** Directory for bases that do not fit the memory. */
  readonly scratch?: string;
  /** Share of the largest |Ritz value| at which `steps` are enough before they are done. */
  readonly tolerance?: number;
  /** File that the state is saved to and continued from. */
  readonly save?: string;
  /** Patterns of what is differentiated; left out: as the file says, else by rules. */
  readonly parameters?: readonly string[];
  readonly freeze: readonly string[];
  /** n that is expected. */
  readonly expectParameters?: number;
  /** Print what would be differentiated, and measure nothing. */
  readonly describe?: boolean;
  readonly exact?: boolean;
  readonly json?: string;
  readonly push?: boolean;
  readonly project: string;
  readonly run?: string;
  readonly step: number;
}

/** What the libraries call the options. */
export const flagNames: OptionNames = {
  microBatch: '--batch',
  vectorsPerPass: '--vectors-per-pass',
  memory: '--memory',
  engine: '--engine',
  freeze: '--freeze',
  parameters: '--parameters',
  output: '--output',
  otherInputs: '--input',
  operator: '--operator',
  blocks: '--blocks',
  preconditioner: '--preconditioner',
  classAxis: '--class-axis',
  classWeights: '--class-weights',
  ignoreIndex: '--ignore-index',
  labelSmoothing: '--label-smoothing',
  reduction: '--reduction',
  delta: '--delta',
  targets: '--labels',
  steps: '--steps',
  probes: '--probes',
};

/** An option that takes an integer from `least` (1 unless said otherwise) to `most`. */
function count(flags: string, meaning: string, most: number, least = 1): Option {
  const [flag = flags] = flags.split(' ');
  return new Option(flags, meaning).argParser((text) => parseCount(text, { flag, meaning, least, most }));
}

const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** `2GB`, `512 MiB`, `1e9`: bytes, by powers of 1024. */
function parseMemory(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?(?:e\d+)?)\s*([KMGT]?)(?:i?B)?\s*$/i.exec(text);
  const bytes = Math.floor(Number(match?.[1]) * (units[(match?.[2] ?? '').toUpperCase()] ?? Number.NaN));
  if (bytes > 0) return bytes;
  throw new CliError(`--memory: expected a size such as 2GB or 512MB, got "${text}".`);
}

/** `batch` is what earlier versions called `minibatch`. */
function parseBatchNorm(text: string): NetworkBatchNormMode {
  const mode = networkBatchNormModes.find((known) => known === (text === 'batch' ? 'minibatch' : text));
  if (mode) return mode;
  throw new CliError(unknownChoice('--batch-norm', networkBatchNormModes, text));
}

function parseTolerance(text: string): number {
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new CliError(`--tolerance: expected a number between 0 and 1 such as 1e-3, got "${text}".`);
}

/** Adds the options to a command. */
export function declareSpectrumOptions(command: Command): Command {
  command
    .requiredOption('--model <file>', 'ONNX file, or the model.json of a tf.LayersModel with its weights beside it')
    .option('--data <file>', 'inputs [N, ...]: .npy, .npz, .npz:name, or a folder of .npy files')
    .option('--input <name=file...>', 'arrays of inputs by name, where the model has several')
    .option('--output <name>', 'output that the loss is of, where the model has several')
    .option('--labels <file>', 'class indices, or targets of the shape of the outputs: a file as for --data');
  declareLossOptions(command)
    .addOption(new Option('--operator <matrix>', 'curvature operator').choices(curvatureOperators).default('hessian'))
    .addOption(
      new Option(
        '--blocks <what...>',
        'also the blocks of the matrix: layers, tensors, or name=pattern of parameters, such as mlp=*.mlp.*',
      ).argParser(parseBlocks),
    )
    .option(
      '--preconditioner <[kind=]file>',
      'diagonal P [n] of P^(-1/2) A P^(-1/2), a .npy; kind: adam, rmsprop or adagrad, else custom',
      parsePreconditioner,
    )
    .addOption(
      new Option(
        '--batch-norm <mode>',
        'statistics that batch norm uses: running or minibatch; else as saved',
      ).argParser(parseBatchNorm),
    )
    .addOption(count('--steps <m>', 'Lanczos steps of each probe', 10_000).default(90))
    .addOption(count('--probes <k>', 'random start vectors', 1000).default(10))
    .addOption(count('--seed <seed>', 'seed of the start vectors', Number.MAX_SAFE_INTEGER, 0).default(0))
    .addOption(
      new Option('--precision <type>', 'of the products; else float32, float64 with --exact').choices(precisions),
    )
    .option('--engine <engine>', 'what computes; `ritz doctor` lists them', 'auto')
    .addOption(count('--batch <n>', 'examples computed at once; less needs less memory', 1e9))
    .addOption(count('--vectors-per-pass <n>', 'vectors multiplied at once, at most', 1000))
    .option(
      '--memory <size>',
      'half for passes, half for Krylov bases: 4GB (else half of what is free, and 2GB)',
      parseMemory,
    )
    .option('--scratch <directory>', 'directory for Lanczos bases that do not fit in memory; use a fast disk')
    .option(
      '--tolerance <share>',
      'stop before m steps once extremes and density change less, such as 1e-3',
      parseTolerance,
    )
    .option('--save <file>', 'save the state of the probes to this file and resume from it')
    .option('--parameters <pattern...>', 'tensors that are differentiated, such as encoder.*; else as the file says')
    .option('--freeze <pattern...>', 'tensors that are not, such as encoder.* or embed.weight[0] (a row)', [])
    .addOption(count('--expect-parameters <n>', 'number of parameters; another one is an error', 1e12))
    .option('--describe', 'print which tensors are differentiated and why the others are not; measure nothing')
    .option('--exact', 'also all eigenvalues, of a model of at most 5,000 parameters')
    .option('--json <file>', 'write everything measured to this file')
    .option('--push', 'record it as a spectrum of a run through the GraphQL API')
    .option('--project <name>', 'with --push: project of the run', 'default')
    .option('--run <name>', 'with --push: name of the run; the same name is the same run (else that of the model file)')
    .addOption(count('--step <number>', 'with --push: training step of this checkpoint', 2 ** 31 - 1, 0).default(0));
  return addApiOptions(command);
}
