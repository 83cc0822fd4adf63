/** The matrix whose spectra a run measures: its examples, statistics and passes, the same wherever it is measured. */
import type { BatchNormMode } from '@ritz/records';
import { createCurvature, curvatureOperators, type Curvature, type CurvatureOperator } from '@ritz/estimation';
import { exampleCount, selectExamples, type Examples, type SplitDataSet } from '../data/DataSet.ts';
import { fingerprint } from '../data/fingerprint.ts';
import { randomOrder, randomStream } from '../data/randomStream.ts';
import type { TrainOptions } from './TrainOptions.ts';

export interface SpectrumProblem {
  readonly hessian: Curvature;
  readonly batchNorm: BatchNormMode;
  /** Examples of a mini-batch, where the matrix depends on them; else null. */
  readonly batchSize: number | null;
  readonly dataSize: number;
  readonly dataFingerprint: string;
  /** C */
  readonly classes: number;
}

/** What the matrix depends on. */
export type SpectrumProblemOptions = Pick<
  TrainOptions,
  'engine' | 'model' | 'data' | 'normMode' | 'batchSize' | 'spectrum' | 'spectrumExamples' | 'spectrumVectorsPerPass'
>;

/** The first of a fixed random order: drawn from the data alone, not from a run's seed. */
export function spectrumSubset(data: SplitDataSet['train'], count: number): Examples {
  const order = randomOrder(exampleCount(data), randomStream(0, 'subset'));
  return selectExamples(data, order.subarray(0, count));
}

/** At the given parameters; `setParameters` moves it. Throws an EstimationError (SHAPE, BAD_OPTION, TOO_LARGE). */
export async function createSpectrumProblem(
  options: SpectrumProblemOptions,
  parameters: ArrayLike<number>,
  operator: CurvatureOperator = 'hessian',
): Promise<SpectrumProblem> {
  const { engine, model, data, normMode = 'minibatch', batchSize, spectrumVectorsPerPass } = options;
  // With statistics of the batch, the loss that training sees is the mean over batches of its size; and its gradients are theirs.
  const isOfBatches = model.batchNorm || curvatureOperators[operator].isOfMiniBatches;
  const subset = spectrumSubset(data.train, options.spectrumExamples);
  const hessian = await createCurvature({
    engine,
    model,
    loss: { kind: 'softmaxCrossEntropy' },
    operator,
    batchNorm: normMode === 'population' && model.batchNorm ? 'population' : 'minibatch',
    parameters,
    inputs: subset.inputs,
    targets: subset.labels,
    ...(isOfBatches && { microBatch: batchSize }),
    vectors: options.spectrum.probes,
    ...(spectrumVectorsPerPass !== undefined && { vectorsPerPass: spectrumVectorsPerPass }),
  });
  return {
    hessian,
    batchNorm: model.batchNorm ? normMode : 'none',
    batchSize: isOfBatches ? batchSize : null,
    dataSize: options.spectrumExamples,
    dataFingerprint: fingerprint(subset),
    classes: data.train.classes,
  };
}
