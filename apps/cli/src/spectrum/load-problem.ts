/** The model, the loss and the examples of `ritz spectrum`, checked against each other. */
import {
  EstimationError,
  loadOnnx,
  outputShape,
  type FinalActivation,
  type Loss,
  type Shape,
  type TrainedModel,
} from '@ritz/estimation';
import { readNpy, type NpyArray, type SpectrumNormMode } from '@ritz/training';
import { CliError } from '../terminal/cli-error.ts';
import { placeOf } from './place.ts';
import { readTargets } from './targets.ts';
import type { LossName, SpectrumOptions } from './options.ts';

export interface LoadedProblem {
  readonly trained: TrainedModel;
  readonly loss: Loss;
  readonly examples: number;
  readonly inputs: NpyArray['data'];
  readonly targets: Float64Array | Int32Array;
  /** Of one example. */
  readonly outputShape: Shape;
  readonly batchNorm: 'running' | 'batch' | null;
}

const finalActivation: Readonly<Record<LossName, FinalActivation | null>> = {
  'cross-entropy': 'softmax',
  'binary-cross-entropy': 'sigmoid',
  'mean-squared-error': null,
};

/** Top eigenvalues that are measured with their vectors for each class, at most and without classes. */
const classesAtMost = 50;
const classesWithout = 5;

/** C of a classification; 2C top eigenvalues and the overlap with 1, C and 2C of them are measured. */
export function classesOf({ loss, outputShape }: LoadedProblem): number {
  return loss.kind === 'softmaxCrossEntropy' ? Math.min(outputShape.at(-1) ?? 1, classesAtMost) : classesWithout;
}

export function batchNormModeOf({ batchNorm }: LoadedProblem): SpectrumNormMode {
  return batchNorm === 'batch' ? 'minibatch' : (batchNorm ?? 'none');
}

/** Which network on which data. */
export type ProblemOptions = Pick<SpectrumOptions, 'model' | 'data' | 'labels' | 'loss' | 'freeze' | 'batchNorm'>;

/** Throws a CliError, EstimationError or TrainingError that names the file, and the row where there is one. */
export async function loadProblem(options: ProblemOptions): Promise<LoadedProblem> {
  const { model: file, freeze } = options;
  const data = await readNpy(options.data);
  const [examples] = data.shape;
  if (examples === undefined || examples < 1) {
    throw new CliError(`${options.data}: expected [N, ...] with at least one example, got [${data.shape.join(', ')}].`);
  }
  const withoutFinal = finalActivation[options.loss];
  const trained = await loadModel(options.data, () =>
    loadOnnx(file, { inputShape: data.shape.slice(1), freeze, ...(withoutFinal && { withoutFinal }) }),
  );
  checkInputs(options.data, data, trained);
  const shape = outputShape(trained.model);
  const labels = await readNpy(options.labels);
  const { targets, loss } = readTargets({ file: options.labels, labels, examples, outputs: shape, loss: options.loss });
  return {
    trained,
    loss,
    examples,
    inputs: data.data,
    targets,
    outputShape: shape,
    batchNorm: batchNormOf(options, trained),
  };
}

async function loadModel(data: string, load: () => Promise<TrainedModel>): Promise<TrainedModel> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof EstimationError) || error.code !== 'SHAPE') throw error;
    throw new CliError(`The examples of ${data} do not fit the model. ${error.message}`, { cause: error });
  }
}

function checkInputs(file: string, { type, data, shape }: NpyArray, { model, inputBound }: TrainedModel): void {
  if (type !== model.inputType) {
    const [given, wanted, advice] =
      type === 'int'
        ? ['integers', 'real numbers', 'Scale them as in training and save them as float32.']
        : ['real numbers', 'integers', 'Save the indices as int64.'];
    throw new CliError(`${file} holds ${given}, but the model takes ${wanted}. ${advice}`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new CliError(`${file}: ${placeOf(bad, shape)} is ${data[bad]}; expected finite numbers.`);
  const outside = type === 'int' ? data.findIndex((index) => index < 0 || index >= (inputBound ?? Infinity)) : -1;
  if (outside < 0) return;
  const expected = inputBound === null ? 'indices from 0' : `indices from 0 to ${inputBound - 1}`;
  throw new CliError(`${file}: ${placeOf(outside, shape)} is ${data[outside]}; the model takes ${expected}.`);
}

function batchNormOf({ batchNorm, model }: ProblemOptions, trained: TrainedModel): LoadedProblem['batchNorm'] {
  if (trained.batchNorm === null && batchNorm === 'batch') {
    throw new CliError(
      `${model} has no batch norm to switch to batch statistics: exporters fold it into the layer before. Export it with ` +
        'training=torch.onnx.TrainingMode.PRESERVE and do_constant_folding=False (dynamo=False), or with optimize=False.',
    );
  }
  return trained.batchNorm && (batchNorm ?? trained.batchNorm);
}
