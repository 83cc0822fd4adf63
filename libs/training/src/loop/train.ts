/** The training loop: SGD on mini-batches, evaluated now and then, with spectra at chosen steps. Deterministic by seed. */
import {
  createCurvature,
  createObjective,
  type Curvature,
  type Engine,
  type Objective,
  type Problem,
} from '@ritz/estimation';
import type { Architecture } from '../architecture/Architecture.ts';
import { initialParameters } from '../architecture/initialParameters.ts';
import { selectExamples, type Examples, type SplitDataSet } from '../data/DataSet.ts';
import { fingerprint } from '../data/fingerprint.ts';
import { MiniBatches } from '../data/MiniBatches.ts';
import { randomOrder, randomStream } from '../data/randomStream.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { learningRate, type Schedule } from '../optimisation/schedule.ts';
import { sgd } from '../optimisation/sgd.ts';
import { checkOptions } from './checkOptions.ts';
import { createEvaluation, type Evaluation } from './evaluate.ts';
import { checkHessian, measureSpectrum, type SpectrumRecord, type SpectrumSettings } from './measureSpectrum.ts';

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
  readonly model: Architecture;
  readonly data: SplitDataSet;
  readonly schedule: Schedule;
  readonly momentum: number;
  /** Examples per update; what is left of an epoch after whole batches is skipped, and another order drawn. */
  readonly batchSize: number;
  /** Number of updates. */
  readonly steps: number;
  /** Decides the initial parameters and the order of the examples. */
  readonly seed: number;
  /** Evaluate every so many steps, and wherever a spectrum is measured. */
  readonly logEvery: number;
  /** Test examples used by each evaluation. Default: all. */
  readonly testExamples?: number;
  readonly spectrumSteps: readonly number[];
  /** Fixed training examples that the Hessian is taken over: the same at every step and in every run, whatever its seed. */
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

/** What a run holds of the engine, and the point it has come to. */
interface Parts {
  readonly parameters: Float64Array;
  readonly objective: Objective;
  readonly evaluation: Evaluation;
  readonly hessian: Curvature;
  readonly dataFingerprint: string;
}

/**
 * Trains from the seeded start. Throws a TrainingError: BAD_OPTION, or DIVERGED naming the step at which the loss left the
 * numbers; an EstimationError when a spectrum cannot be measured; the signal's reason when it is aborted.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  checkOptions(options);
  const { engine, model, data, batchSize, seed, testExamples = Infinity } = options;
  const subset = spectrumSubset(data.train, options.spectrumExamples);
  const test = firstExamples(data.test, testExamples);
  const problem: Problem = { model, loss: { kind: 'softmaxCrossEntropy' } };
  const parameters = initialParameters(model, seed);
  const release: (() => Promise<void>)[] = [];
  try {
    const objective = await createObjective(engine, problem, batchSize);
    release.push(objective.release);
    const evaluation = await createEvaluation(engine, problem, [subset, test]);
    release.push(evaluation.release);
    const hessian = await createCurvature({
      ...problem,
      engine,
      parameters,
      inputs: subset.inputs,
      targets: subset.labels,
    });
    release.push(hessian.release);
    return await loop(options, { parameters, objective, evaluation, hessian, dataFingerprint: fingerprint(subset) });
  } finally {
    // A failure to free what an ended engine held must not hide why it ended.
    await Promise.allSettled(release.map((free) => free()));
  }
}

/** The first of a fixed random order: drawn from the data alone, not from a run's seed. */
function spectrumSubset(data: SplitDataSet['train'], count: number): Examples {
  const order = randomOrder(data.labels.length, randomStream(0, 'subset'));
  return selectExamples(data, order.subarray(0, count));
}

function firstExamples(data: SplitDataSet['test'], count: number): Examples {
  return selectExamples(
    data,
    Int32Array.from({ length: Math.min(count, data.labels.length) }, (_, i) => i),
  );
}

async function loop(options: TrainOptions, parts: Parts): Promise<TrainResult> {
  const { schedule, steps, logEvery, signal, engine } = options;
  const { parameters, objective } = parts;
  const optimiser = sgd({ momentum: options.momentum }, parameters.length);
  const batches = new MiniBatches(options.data.train, options.batchSize, options.seed, engine.precision);
  const spectrumAt = new Set(options.spectrumSteps);
  const toMeasure = new Set(options.spectrumSteps.filter((step) => !options.isMeasured?.(step)));
  let gradientNorm: number | null = null;

  for (let step = 0; ; step++) {
    signal?.throwIfAborted();
    if (step % logEvery === 0 || step === steps || spectrumAt.has(step)) {
      const record = await recordOf(step, step / batches.perEpoch, gradientNorm, options, parts);
      await options.onStep?.(record);
      if (toMeasure.has(step)) await spectrumOf(step, step === Math.min(...toMeasure), options, parts);
      if (step === steps) {
        options.onProgress?.({ step });
        return { parameters, final: record };
      }
    }
    options.onProgress?.({ step });
    const { inputs, labels } = batches.next();
    const rate = learningRate(schedule, step);
    const { loss, gradient } = await objective.gradient({ parameters }, inputs, labels);
    requireFinite(loss, step, rate);
    gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    optimiser.update(parameters, gradient, rate);
  }
}

function requireFinite(loss: number, step: number, rate: number): void {
  if (Number.isFinite(loss)) return;
  throw new TrainingError('DIVERGED', `The loss is ${loss} at step ${step}: lower the learning rate (${rate}).`);
}

async function recordOf(
  step: number,
  epoch: number,
  gradientNorm: number | null,
  { schedule }: TrainOptions,
  { parameters, evaluation }: Parts,
): Promise<StepRecord> {
  const [train, test] = await evaluation.evaluate(parameters);
  if (!train || !test) throw new RangeError('both parts are always evaluated');
  const rate = learningRate(schedule, step);
  for (const { loss } of [train, test]) requireFinite(loss, step, rate);
  return {
    number: step,
    epoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    learningRate: rate,
    gradientNorm,
  };
}

async function spectrumOf(step: number, first: boolean, options: TrainOptions, parts: Parts): Promise<void> {
  const { engine, signal, onProgress, spectrum: settings } = options;
  const { hessian, parameters, dataFingerprint } = parts;
  await hessian.setParameters(parameters);
  if (first) await checkHessian(hessian, engine, settings);
  const measured = await measureSpectrum({
    hessian,
    engine,
    step,
    settings,
    dataSize: options.spectrumExamples,
    dataFingerprint,
    classes: options.data.train.classes,
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (lanczos) => onProgress({ step, lanczos }) }),
  });
  await options.onSpectrum?.(measured);
}
