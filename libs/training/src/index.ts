/** @ritz/training: architectures, data sets, schedules and the training loop with its spectra. */
export type { Architecture, Initialisation } from './architecture/Architecture.ts';
export type { ImageNetOptions } from './architecture/imageNet.ts';
export { initialBuffers, initialParameters } from './architecture/initialParameters.ts';
export { mlp, type MlpOptions } from './architecture/mlp.ts';
export { cifarResnet, imagenetResnet, type ResnetOptions } from './architecture/resnet.ts';
export { vgg11 } from './architecture/vgg.ts';
export { fetchCifar10, hasCifar10, type FetchOptions } from './data/cifar10/fetchCifar10.ts';
export { loadCifar10, type Cifar10Options } from './data/cifar10/loadCifar10.ts';
export type { DataSet, SplitDataSet } from './data/DataSet.ts';
export { loadMnist, mnistDirectory } from './data/mnist.ts';
export { readNpy, type NpyArray } from './data/npy.ts';
export { TrainingError, type TrainingErrorCode } from './error/TrainingError.ts';
export type { SpectrumRecord, SpectrumSettings } from './loop/measureSpectrum.ts';
export { logSpacedSteps } from './loop/spectrumSteps.ts';
export { train, type StepRecord, type TrainOptions, type TrainProgress, type TrainResult } from './loop/train.ts';
export { checkSchedule, learningRate, type Schedule } from './optimisation/schedule.ts';
