/** The model, the loss and the examples of `ritz spectrum`, checked against each other. */
import {
  batchOutputShape,
  classCount,
  EstimationError,
  isClassLoss,
  type RemovableActivation,
  type TrainedModel,
} from '@ritz/estimation';
import type { BatchNormMode } from '@ritz/records';
import { CliError } from '../terminal/cliError.ts';
import { digestOf, type FileCheck } from './fileCheck.ts';
import { checkInput, givenShapes, readInputs, type FedInputs } from './inputs.ts';
import { isSaidLoss, knownLoss, type KnownLoss } from './knownLoss.ts';
import { chooseLoss } from './loss.ts';
import type { LossOptions } from './lossOptions.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import { openModel, type ModelFile } from './modelFile.ts';
import { requireParameterCount } from './network.ts';
import type { SpectrumOptions } from './options.ts';
import { readArray } from './readArray.ts';

/** Top eigenvalues measured with their vectors: per class, at most, and without classes. */
const classesAtMost = 50;
const classesWithout = 5;

/** Returns C of a classification: 2C top eigenvalues, and the overlap with the top 1, C and 2C, are measured. */
export function classesOf({ loss, outputs }: LoadedProblem): number {
  return isClassLoss(loss) ? Math.min(classCount(loss, outputs), classesAtMost) : classesWithout;
}

export function batchNormModeOf({ batchNorm }: LoadedProblem): BatchNormMode {
  return batchNorm ?? 'none';
}

/** Selects the network and the data. */
export type ProblemOptions = Pick<
  SpectrumOptions,
  'model' | 'data' | 'input' | 'output' | 'labels' | 'parameters' | 'freeze' | 'expectParameters' | 'batchNorm'
> &
  LossOptions;

/** Throws a CliError, EstimationError or TrainingError that names the file, and the row where there is one. */
export async function loadProblem(options: ProblemOptions): Promise<LoadedProblem> {
  const file = await openModel(options.model);
  const known = knownLoss(options, file.metadata);
  const isOutput = known.loss === 'output';
  const fed = await readInputs(options, file.inputsOf(options.output), isOutput ? options.labels : undefined);
  const examples = countExamples(fed);
  const trained = await readModel(file, options, fed, null);
  requireParameterCount(trained, options.expectParameters);
  checkInputs(fed, trained, file, options.output);
  const ofOne = batchOutputShape(trained.model, 1);
  const outputs = ofOne.length === 0 ? ofOne : [examples, ...ofOne.slice(1)];
  if (!isOutput && outputs.length === 0) {
    throw new CliError(
      `--loss ${known.loss}: expected outputs for each example, got a single number, "${trained.output}". Where it is the loss, give ` +
        '--loss output; else choose another --output.',
    );
  }
  const labels = options.labels;
  const source = isOutput || labels === undefined ? null : { file: labels, labels: await readArray(labels), outputs };
  const { loss, targets, withoutFinal, warnings } = await chooseLoss(known, source, trained.ending);
  const batchNorm = batchNormOf(options, trained, file.metadata);
  return {
    trained: withoutFinal ? await readModel(file, options, fed, withoutFinal) : trained,
    loss,
    lossName: known.loss,
    examples,
    inputs: fed.main.array.data,
    otherInputs: Object.fromEntries([...fed.others].map(([name, { array }]) => [name, array.data])),
    targets,
    outputs,
    batchNorm,
    check: checkOf(options, known, file, arraysInOrder(file, options, fed), source?.labels.data ?? null, batchNorm),
    warnings,
  };
}

/** The inputs that the output depends on. */
function arraysInOrder(
  file: ModelFile,
  { output }: ProblemOptions,
  { main, others, fixed }: FedInputs,
): ArrayLike<number>[] {
  return file.inputsOf(output).map(({ name }) => (others.get(name) ?? fixed.get(name) ?? main).array.data);
}

/** Applies only without options that change parameters, loss, statistics or examples. */
function checkOf(
  { parameters, freeze }: ProblemOptions,
  known: KnownLoss,
  { metadata }: ModelFile,
  inputs: readonly ArrayLike<number>[],
  labels: ArrayLike<number> | null,
  batchNorm: LoadedProblem['batchNorm'],
): FileCheck | null {
  const check = metadata?.check;
  const isChosen = parameters !== undefined || freeze.length > 0;
  if (!metadata || check?.digest === undefined || isChosen || !isSaidLoss(known, metadata)) return null;
  const modes = metadata.norms.flatMap(({ mode }) => mode ?? []);
  if (batchNorm !== null && modes.some((mode) => mode !== batchNorm)) return null;
  return digestOf(labels ? [...inputs, labels] : inputs) === check.digest ? check : null;
}

/** Throws a CliError where inputs have no examples, or different numbers of them. */
function countExamples({ main, others }: FedInputs): number {
  const [examples] = main.array.shape;
  if (examples === undefined || examples < 1) {
    const given = `[${main.array.shape.join(', ')}]`;
    throw new CliError(`${main.source}: expected [N, ...] with at least one example, got ${given}.`);
  }
  for (const { source, array } of others.values()) {
    if (array.shape[0] === examples) continue;
    throw new CliError(`${source}: expected ${examples} rows, as ${main.source} has, got ${array.shape[0] ?? 'none'}.`);
  }
  return examples;
}

async function readModel(
  file: ModelFile,
  { parameters, freeze, output }: ProblemOptions,
  fed: FedInputs,
  withoutFinal: RemovableActivation | null,
): Promise<TrainedModel> {
  try {
    return await file.read({
      ...givenShapes(fed),
      freeze,
      ...(parameters && { parameters }),
      ...(output !== undefined && { output }),
      ...(withoutFinal && { withoutFinal }),
    });
  } catch (error) {
    if (!(error instanceof EstimationError) || error.code !== 'SHAPE') throw error;
    const { main, others, fixed } = fed;
    const sources = [main, ...others.values(), ...fixed.values()].map(({ source }) => source).join(' and ');
    throw new CliError(`The examples of ${sources} do not fit the model. ${error.message}`, { cause: error });
  }
}

function checkInputs(
  { main, others, fixed }: FedInputs,
  trained: TrainedModel,
  file: ModelFile,
  output: string | undefined,
): void {
  const { inputBound, otherBounds = {} } = trained;
  const types = new Map(file.inputsOf(output).map(({ name, type }) => [name, type]));
  const mainName = [...types.keys()].find((name) => !others.has(name) && !fixed.has(name)) ?? '';
  const below = inputBound ?? Infinity;
  const mainType = trained.model.inputType === 'int' ? 'int' : (types.get(mainName) ?? 'float');
  checkInput(main, mainType, mainType === 'int' ? { below, ignored: null } : null);
  for (const [name, fed] of others) checkInput(fed, types.get(name) ?? 'float', otherBounds[name] ?? null);
  for (const [name, fed] of fixed) checkInput(fed, types.get(name) ?? 'float', null);
}

function batchNormOf(
  { batchNorm, model }: ProblemOptions,
  trained: TrainedModel,
  metadata: ModelFile['metadata'],
): LoadedProblem['batchNorm'] {
  const { constants, foldedNorms } = trained.provenance;
  if (batchNorm === 'minibatch' && (trained.batchNorm === null || foldedNorms.length > 0)) {
    const [layer] = foldedNorms;
    const where = layer === undefined ? '' : ` (${layer}${foldedNorms.length > 1 ? ' and others' : ''})`;
    const some = trained.batchNorm === null ? 'has no batch norm' : 'does not have every batch norm';
    throw new CliError(
      `${model} ${some} to switch to batch statistics: exporters fold it into the layer before${where}. Export it with ` +
        'training=torch.onnx.TrainingMode.PRESERVE and do_constant_folding=False (dynamo=False), or with optimize=False.',
    );
  }
  const isTracked = constants.some(isRunningStatistic) && !metadata?.norms.some(({ tracked }) => tracked === false);
  if (batchNorm === 'running' && trained.batchNorm === 'minibatch' && !isTracked) {
    throw new CliError(
      `--batch-norm: ${model} computes the statistics of each batch itself and tracks none. Leave it out.`,
    );
  }
  return trained.batchNorm && (batchNorm ?? trained.batchNorm);
}

function isRunningStatistic({ reason }: { readonly reason: string }): boolean {
  return reason === 'running statistics';
}
