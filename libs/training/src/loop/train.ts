/** The training loop: SGD on mini-batches, evaluated now and then, with spectra at chosen steps. Deterministic by seed. */
import {
  createHessian,
  createObjective,
  type Engine,
  type Hessian,
  type Model,
  type Objective,
} from '@ritz/estimation';
import { initialParameters } from '../architecture/mlp.ts';
import { selectExamples, type DataSet, type SplitDataSet } from '../data/DataSet.ts';
import { randomOrder, randomStream } from '../data/randomStream.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { checkSchedule, learningRate, type Schedule } from '../optimisation/schedule.ts';
import { sgd } from '../optimisation/sgd.ts';
import { createEvaluation, type Evaluation } from './evaluate.ts';
import { measureSpectrum, type SpectrumRecord, type SpectrumSettings } from './measureSpectrum.ts';

export interface StepRecord {
  /** Updates made before this record. */
  readonly number: number;
  readonly epoch: number;
  /** On the examples that spectra are taken over, so that loss and curvature belong together. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Of the update that follows. */
  readonly learningRate: number;
  /** Norm of the mini-batch gradient of the update before; null at step 0. */
  readonly gradientNorm: number | null;
}

export interface TrainOptions {
  readonly engine: Engine;
  readonly model: Model;
  readonly data: SplitDataSet;
  readonly schedule: Schedule;
  readonly momentum: number;
  readonly batchSize: number;
  /** Number of updates. */
  readonly steps: number;
  readonly seed: number;
  /** Evaluate every so many steps, and wherever a spectrum is measured. */
  readonly logEvery: number;
  /** Test examples used by each evaluation. Default: all. */
  readonly testExamples?: number;
  readonly spectrumSteps: readonly number[];
  /** Fixed training examples that the Hessian is taken over: the first of a seeded order, the same at every step. */
  readonly spectrumExamples: number;
  readonly spectrum: SpectrumSettings;
  /** Spectrum steps that need not be measured again. */
  readonly isMeasured?: (step: number) => boolean;
  readonly onStep?: (record: StepRecord) => Promise<void>;
  readonly onSpectrum?: (record: SpectrumRecord) => Promise<void>;
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly signal?: AbortSignal;
}

export interface TrainProgress {
  readonly step: number;
  /** While a spectrum is measured: Lanczos steps done and to do. */
  readonly lanczos?: { readonly done: number; readonly total: number };
}

export interface TrainResult {
  readonly parameters: Float64Array;
  readonly final: StepRecord;
}

function check({ steps, batchSize, logEvery, spectrumExamples, spectrumSteps, data, schedule }: TrainOptions): void {
  const counts = { steps, batchSize, logEvery, spectrumExamples };
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new TrainingError('BAD_OPTION', `${name}: expected a whole number of at least 1, got ${value}.`);
    }
  }
  const available = data.train.labels.length;
  for (const [name, value] of Object.entries({ batchSize, spectrumExamples })) {
    if (value > available)
      throw new TrainingError('BAD_OPTION', `${name}: ${value} is more than the ${available} examples.`);
  }
  const outside = spectrumSteps.find((step) => !Number.isInteger(step) || step < 0 || step > steps);
  if (outside !== undefined) {
    throw new TrainingError('BAD_OPTION', `spectrumSteps: ${outside} is not a step of this run (0 to ${steps}).`);
  }
  checkSchedule(schedule);
}

/** Trains from the seeded start. Throws a TrainingError: BAD_OPTION, or DIVERGED naming the step at which the loss left the numbers. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  check(options);
  const { engine, model, data, batchSize, seed } = options;
  // The subset is drawn from the data alone, not from the run's seed: spectra of different runs are over the same examples.
  const subset = selectExamples(
    data.train,
    randomOrder(data.train.labels.length, randomStream(0)).subarray(0, options.spectrumExamples),
  );
  const parameters = initialParameters(model, seed);
  const objective = await createObjective(engine, model, batchSize);
  const hessian = await createHessian({ engine, model, parameters, inputs: subset.inputs, labels: subset.labels });
  const test = selectExamples(
    data.test,
    Int32Array.from({ length: Math.min(options.testExamples ?? Infinity, data.test.labels.length) }, (_, i) => i),
  );
  const evaluation = await createEvaluation(engine, model, [subset, test]);
  try {
    return await loop(options, { parameters, objective, hessian, subset, evaluation });
  } finally {
    await objective.release();
    await hessian.release();
    await evaluation.release();
  }
}

interface Parts {
  readonly parameters: Float64Array;
  readonly objective: Objective;
  readonly hessian: Hessian;
  readonly subset: Pick<DataSet, 'inputs' | 'labels'>;
  readonly evaluation: Evaluation;
}

async function loop(options: TrainOptions, parts: Parts): Promise<TrainResult> {
  const { data, schedule, batchSize, steps, seed, logEvery, signal } = options;
  const { parameters, objective } = parts;
  const optimiser = sgd({ momentum: options.momentum });
  const examples = data.train.labels.length;
  const batchesPerEpoch = Math.floor(examples / batchSize);
  const stream = randomStream(seed + 1);
  const spectrumAt = new Set(options.spectrumSteps);
  let order = randomOrder(examples, stream);
  let gradientNorm: number | null = null;
  let final: StepRecord | undefined;

  for (let step = 0; step <= steps; step++) {
    signal?.throwIfAborted();
    if (step % logEvery === 0 || step === steps || spectrumAt.has(step)) {
      final = await record(step, step / batchesPerEpoch, gradientNorm, options, parts);
    }
    if (spectrumAt.has(step) && !options.isMeasured?.(step)) await spectrumOf(step, options, parts);
    options.onProgress?.({ step });
    if (step === steps) break;
    const batch = step % batchesPerEpoch;
    if (batch === 0 && step > 0) order = randomOrder(examples, stream);
    const { inputs, labels } = selectExamples(data.train, order.subarray(batch * batchSize, (batch + 1) * batchSize));
    const { loss, gradient } = await objective.gradient(parameters, asFloat(inputs, options.engine), labels);
    if (!Number.isFinite(loss)) {
      throw new TrainingError(
        'DIVERGED',
        `The loss is ${loss} at step ${step}: lower the learning rate (${learningRate(schedule, step)}).`,
      );
    }
    gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    optimiser.update(parameters, gradient, learningRate(schedule, step));
  }
  if (!final) throw new RangeError('the last step is always recorded');
  return { parameters, final };
}

function asFloat(inputs: Float32Array, { precision }: Engine): Float32Array | Float64Array {
  return precision === 'float64' ? Float64Array.from(inputs) : inputs;
}

async function record(
  step: number,
  epoch: number,
  gradientNorm: number | null,
  { schedule, onStep }: TrainOptions,
  { parameters, evaluation }: Parts,
): Promise<StepRecord> {
  const [train, test] = await evaluation.evaluate(parameters);
  if (!train || !test) throw new RangeError('both parts are always evaluated');
  const made: StepRecord = {
    number: step,
    epoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    learningRate: learningRate(schedule, step),
    gradientNorm,
  };
  await onStep?.(made);
  return made;
}

async function spectrumOf(step: number, options: TrainOptions, { hessian, parameters, subset }: Parts): Promise<void> {
  const { engine, signal, onProgress } = options;
  await hessian.setParameters(parameters);
  const measured = await measureSpectrum({
    hessian,
    engine,
    step,
    settings: options.spectrum,
    subset,
    classes: options.data.train.classes,
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (lanczos) => onProgress({ step, lanczos }) }),
  });
  await options.onSpectrum?.(measured);
}
