/** Options and callbacks of a training run. */
import type { CurvatureOperator, Engine, PassSize } from '@ritz/estimation';
import type { Architecture } from '../architecture/Architecture.ts';
import type { SplitDataSet } from '../data/DataSet.ts';
import type { OptimiserOptions } from '../optimisation/optimisers.ts';
import type { Schedule } from '../optimisation/schedule.ts';
import type { SharpnessRecord, SharpnessSettings } from './measureSharpness.ts';
import type { SpectrumRecord, SpectrumSettings } from './measureSpectrum.ts';
import type { NormMode } from './NormStatistics.ts';
import type { SpectrumChoice, SpectrumSeries } from './SpectrumSeries.ts';
import type { TrainingDirections } from './topSpace.ts';

export interface StepRecord extends Partial<SharpnessRecord> {
  /** Updates made before this record. */
  readonly number: number;
  readonly epoch: number;
  /** On the examples that spectra are taken over, so that loss and curvature belong together. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Learning rate of the next update. */
  readonly learningRate: number;
  /** Norm of the mini-batch gradient of the previous update; null at step 0. */
  readonly gradientNorm: number | null;
}

export interface TrainOptions {
  readonly engine: Engine;
  readonly model: Architecture;
  readonly data: SplitDataSet;
  readonly schedule: Schedule;
  readonly optimiser: OptimiserOptions;
  /** How batch norm normalises, where the model has it. Default `minibatch`. */
  readonly normMode?: NormMode;
  /** Shift and mirror the training images at random; never those that spectra are taken over. Default false. */
  readonly augment?: boolean;
  /** Examples per update; the remainder of an epoch is skipped, and a new permutation drawn. */
  readonly batchSize: number;
  /** Number of updates. */
  readonly steps: number;
  /** Decides the initial parameters, the order of the examples and their augmentation. */
  readonly seed: number;
  /** Steps between two evaluations; also evaluated wherever a spectrum is measured. */
  readonly logEvery: number;
  /** Test examples used by each evaluation. Default: all. */
  readonly testExamples?: number;
  readonly spectrumSteps: readonly number[];
  /** Which spectra, at each of these steps. Default: that of the whole Hessian. */
  readonly spectra?: SpectrumChoice;
  /** Fixed training examples that the Hessian is taken over: the same at every step and in every run, whatever its seed. */
  readonly spectrumExamples: number;
  readonly spectrum: SpectrumSettings;
  /** Vectors per run of the engine while spectra are measured, at most. Default: by the size of the activations. */
  readonly spectrumVectorsPerPass?: number;
  /** λ1 and the curvature along gradient and update, over the examples that spectra are taken over. Default: not measured. */
  readonly sharpness?: SharpnessSettings;
  /** Spectra that need not be measured again. */
  readonly isMeasured?: (step: number, series: SpectrumSeries) => boolean;
  /** Save the state to this file, and resume from it if it exists. */
  readonly checkpoint?: CheckpointOptions;
  readonly onStep?: (record: StepRecord) => Promise<void>;
  readonly onSpectrum?: (record: SpectrumRecord) => Promise<void>;
  /** Called instead of measuring, when spectra are measured elsewhere. */
  readonly onSpectrumDue?: (due: SpectrumDue) => Promise<void>;
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly signal?: AbortSignal;
}

/** The point at which a spectrum is due, and how it would be measured here. */
export interface SpectrumDue {
  readonly step: number;
  readonly operator: CurvatureOperator;
  /** Changed by the steps that follow: copy or write them before the promise resolves. */
  readonly parameters: Float64Array;
  readonly buffers: Float64Array;
  /** SHA-256 of the examples. */
  readonly dataFingerprint: string;
  readonly passSize: PassSize;
  /** Sizes of the groups of probes that are measured together, in order. */
  readonly probeGroups: readonly number[];
  /** The matrices of the operator that are due: the whole, blocks, or both. */
  readonly series: readonly SpectrumSeries[];
  /** What its Ritz vectors are compared with. */
  readonly directions: TrainingDirections;
}

export interface CheckpointOptions {
  /** The state of the spectrum being measured is in a file beside it that ends in `.lanczos`. */
  readonly file: string;
  /** Steps between two saves; the state is also saved before every spectrum. */
  readonly every: number;
}

export interface TrainProgress {
  readonly step: number;
  /** While a spectrum is measured: Lanczos steps done and to do. */
  readonly lanczos?: { readonly done: number; readonly total: number };
}

export interface TrainResult {
  readonly parameters: Float64Array;
  /** Statistics of batch norm; empty without it. */
  readonly buffers: Float64Array;
  readonly final: StepRecord;
}
