/** @ritz/training: architectures, data sets, schedules and the training loop with its spectra. */
export type { Architecture, Initialisation } from './architecture/Architecture.ts';
export type { ImageNetOptions } from './architecture/imageNet.ts';
export { initialBuffers, initialParameters } from './architecture/initialParameters.ts';
export { mlp, type MlpOptions } from './architecture/mlp.ts';
export { cifarResnet, imagenetResnet, type ResnetOptions } from './architecture/resnet.ts';
export { causalTransformer, type CausalTransformerOptions } from './architecture/causalTransformer.ts';
export { transformerEncoder, type TransformerOptions } from './architecture/transformer.ts';
export { vgg11 } from './architecture/vgg.ts';
export { fetchCifar10, hasCifar10, type FetchOptions } from './data/cifar10/fetchCifar10.ts';
export { loadCifar10, type Cifar10Options } from './data/cifar10/loadCifar10.ts';
export { configSchema, type Config } from './config/configSchema.ts';
export { cifar10Directory, loadData, type LoadOptions } from './config/loadData.ts';
export { forkConfig, forksOf } from './config/forkConfig.ts';
export { makeArchitecture } from './config/makeArchitecture.ts';
export { parseConfig, readConfig } from './config/readConfig.ts';
export { scheduleOf, trainOptions } from './config/trainOptions.ts';
export type { DataSet, SplitDataSet } from './data/DataSet.ts';
export { fingerprint } from './data/fingerprint.ts';
export { MiniBatches, type MiniBatchOptions } from './data/MiniBatches.ts';
export { loadMnist, mnistDirectory } from './data/mnist.ts';
export { parseNpy, readNpy, type NpyArray } from './data/npy.ts';
export { TrainingError, type TrainingErrorCode } from './error/TrainingError.ts';
export {
  checkHessian,
  measureProbes,
  measureSpectrum,
  type MeasureOptions,
  type SpectrumRecord,
  type SpectrumSettings,
} from './loop/measureSpectrum.ts';
export { runIdOf, runLine } from './records/runLine.ts';
export { scheduleRecord } from './records/scheduleRecord.ts';
export { blocksJobId, spectrumId, spectrumLine } from './records/spectrumLine.ts';
export { measureBlocks } from './loop/measureBlocks.ts';
export { directionsOf, directionTensors } from './checkpoint/directions.ts';
export { modelParts, type TrainingDirections } from './loop/topSpace.ts';
export { lanczosRuns, seriesAt, type SpectrumChoice, type SpectrumSeries } from './loop/SpectrumSeries.ts';
export { createSpectrumProblem, type SpectrumProblem, type SpectrumProblemOptions } from './loop/spectrumProblem.ts';
export { withLock, type LockOptions } from './lock/withLock.ts';
export { logSpacedSteps } from './loop/spectrumSteps.ts';
export { adoptState, savedStep, trainTo } from './loop/forkState.ts';
export { train } from './loop/train.ts';
export { readSafetensors, writeSafetensors, type Safetensors } from './checkpoint/safetensors.ts';
export type {
  CheckpointOptions,
  SpectrumDue,
  StepRecord,
  TrainOptions,
  TrainProgress,
  TrainResult,
} from './loop/TrainOptions.ts';
export type { NormMode } from './loop/NormStatistics.ts';
export { describeOptimiser, type OptimiserOptions } from './optimisation/optimisers.ts';
export { checkSchedule, learningRate, type Schedule } from './optimisation/schedule.ts';
