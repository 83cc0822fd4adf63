/** The options of `ritz spectrum` and their defaults. */
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
import { addApiOptions, type ApiAddress } from '../api/apiOptions.ts';
import { CliError } from '../terminal/cliError.ts';
import { parseCount } from '../terminal/count.ts';
import type { OptionNames } from '../terminal/optionNames.ts';
import { parseBlocks, parsePreconditioner, type PreconditionerFile } from './matrixOptions.ts';
import { declareLossOptions, type LossOptions } from './lossOptions.ts';

export interface SpectrumOptions extends ApiAddress, LossOptions {
  readonly model: string;
  /** File of the first input that `input` does not name. */
  readonly data?: string;
  /** `name=file`. */
  readonly input?: readonly string[];
  /** Name of the output, for a model with several. */
  readonly output?: string;
  readonly labels?: string;
  readonly operator: CurvatureOperator;
  /** `layers`, `tensors`, or name=pattern of each block. */
  readonly blocks?: BlockSelection;
  /** The diagonal of P in P^(-1/2) A P^(-1/2). */
  readonly preconditioner?: PreconditionerFile;
  /** Default: the mode that the file was saved in. */
  readonly batchNorm?: NetworkBatchNormMode;
  readonly steps: number;
  readonly probes: number;
  readonly seed: number;
  /** Default: float32, or float64 with `exact`. */
  readonly precision?: Precision;
  readonly engine: EngineName | 'auto';
  /** Examples per pass. Default: chosen by the size of the activations; all examples where batch statistics tie them together. */
  readonly batch?: number;
  /** Maximum number of vectors per pass. Default: chosen by the size of the activations. */
  readonly vectorsPerPass?: number;
  /** Memory limit (bytes) of passes and Krylov bases together. */
  readonly memory?: number;
  /** Directory for bases that do not fit in memory. */
  readonly scratch?: string;
  /** Lanczos stops before `steps` once changes are below this share of the largest |Ritz value|. */
  readonly tolerance?: number;
  /** File that the state is saved to and resumed from. */
  readonly save?: string;
  /** Patterns of the tensors to differentiate. Default: as the file says, else by rules. */
  readonly parameters?: readonly string[];
  readonly freeze: readonly string[];
  /** The expected number of parameters n. */
  readonly expectParameters?: number;
  /** Print what would be differentiated, without measuring. */
  readonly describe?: boolean;
  readonly exact?: boolean;
  readonly json?: string;
  /** CSV file of the traces of the blocks. */
  readonly traces?: string;
  readonly push?: boolean;
  readonly project: string;
  readonly run?: string;
  readonly step: number;
}

/** The flags of the options that messages of the libraries name. */
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

/** Declares an option that takes an integer from `least` (default 1) to `most`. */
function count(flags: string, meaning: string, most: number, least = 1): Option {
  const [flag = flags] = flags.split(' ');
  return new Option(flags, meaning).argParser((text) => parseCount(text, { flag, meaning, least, most }));
}

const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Parses a size such as `2GB`, `512 MiB` or `1e9` to bytes; units are powers of 1024. */
function parseMemory(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?(?:e\d+)?)\s*([KMGT]?)(?:i?B)?\s*$/i.exec(text);
  const bytes = Math.floor(Number(match?.[1]) * (units[(match?.[2] ?? '').toUpperCase()] ?? Number.NaN));
  if (bytes > 0) return bytes;
  throw new CliError(`--memory: expected a size such as 2GB or 512MB, got "${text}".`);
}

/** Accepts `batch`, the name of `minibatch` in earlier versions, too. */
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
    .option('--input <name=file...>', 'inputs by name, for a model with several')
    .option('--output <name>', 'output that the loss is computed from, for a model with several')
    .option('--labels <file>', 'class indices, or targets with the shape of the outputs (formats as for --data)');
  declareLossOptions(command)
    .addOption(new Option('--operator <matrix>', 'curvature operator').choices(curvatureOperators).default('hessian'))
    .addOption(
      new Option(
        '--blocks <what...>',
        'also measure diagonal blocks: layers, tensors, or name=pattern of parameters, such as mlp=*.mlp.*',
      ).argParser(parseBlocks),
    )
    .option(
      '--preconditioner <[kind=]file>',
      'diagonal P [n] (.npy) of P^(-1/2) A P^(-1/2); kind: adam, rmsprop or adagrad (default: custom)',
      parsePreconditioner,
    )
    .addOption(
      new Option(
        '--batch-norm <mode>',
        'statistics that batch norm uses: running or minibatch (default: as saved)',
      ).argParser(parseBatchNorm),
    )
    .addOption(count('--steps <m>', 'Lanczos steps per probe', 10_000).default(90))
    .addOption(count('--probes <k>', 'number of probes (random start vectors)', 1000).default(10))
    .addOption(count('--seed <seed>', 'seed of the start vectors', Number.MAX_SAFE_INTEGER, 0).default(0))
    .addOption(
      new Option('--precision <type>', 'precision of the products (default: float32; float64 with --exact)').choices(
        precisions,
      ),
    )
    .option('--engine <engine>', 'engine that computes the products; `ritz doctor` lists them', 'auto')
    .addOption(count('--batch <n>', 'examples per pass; fewer need less memory', 1e9))
    .addOption(count('--vectors-per-pass <n>', 'maximum number of vectors per pass', 1000))
    .option(
      '--memory <size>',
      'memory limit, half for passes and half for Krylov bases (default: half of the free memory, and 2GB)',
      parseMemory,
    )
    .option('--scratch <directory>', 'directory for Lanczos bases that do not fit in memory; use a fast disk')
    .option(
      '--tolerance <share>',
      'stop early once the extreme eigenvalues and the density change by less than this share, such as 1e-3',
      parseTolerance,
    )
    .option('--save <file>', 'save the state of the probes to this file and resume from it')
    .option('--parameters <pattern...>', 'tensors to differentiate, such as encoder.* (default: as the file says)')
    .option('--freeze <pattern...>', 'tensors to keep fixed, such as encoder.* or embed.weight[0] (one row)', [])
    .addOption(count('--expect-parameters <n>', 'fail unless the network has this many parameters', 1e12))
    .option('--describe', 'list which tensors are differentiated, and why the others are not, without measuring')
    .option('--exact', 'also compute all eigenvalues (at most 5,000 parameters)')
    .option('--json <file>', 'write all results to this file')
    .option('--traces <file>', 'with --blocks: write trace, trace per parameter and λ1 of each block to this CSV file')
    .option('--push', 'record the spectrum in a run through the GraphQL API')
    .option('--project <name>', 'with --push: project of the run', 'default')
    .option(
      '--run <name>',
      'with --push: name of the run, which is created if it is new (default: name of the model file)',
    )
    .addOption(count('--step <number>', 'with --push: training step of this checkpoint', 2 ** 31 - 1, 0).default(0));
  return addApiOptions(command);
}
