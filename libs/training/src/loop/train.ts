/** The training loop: updates on mini-batches, periodic evaluation, spectra at chosen steps. Deterministic by seed. */
import fs from 'node:fs/promises';
import { createObjective, type CurvatureOperator, type Objective, type Problem } from '@ritz/estimation';
import { probeGroups } from '@ritz/lanczos';
import { initialParameters } from '../architecture/initialParameters.ts';
import { exampleCount, selectExamples, type Examples, type SplitDataSet } from '../data/DataSet.ts';
import { MiniBatches } from '../data/MiniBatches.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { createOptimiser } from '../optimisation/optimisers.ts';
import { learningRate } from '../optimisation/schedule.ts';
import { checkOptions } from './checkOptions.ts';
import { createEvaluation, type Evaluation } from './evaluate.ts';
import { isSharpnessDue, measureSharpness, type SharpnessRecord } from './measureSharpness.ts';
import { checkHessian } from './measureSpectrum.ts';
import { measureSeries, spacesDirectory } from './measureSeries.ts';
import { settingsOf } from './runSettings.ts';
import { createNormStatistics, type NormStatistics } from './NormStatistics.ts';
import { seriesAt, type SpectrumSeries } from './SpectrumSeries.ts';
import type { SpectrumDue, StepRecord, TrainOptions, TrainResult } from './TrainOptions.ts';
import { createSpectrumProblem, spectrumSubset, type SpectrumProblem } from './spectrumProblem.ts';
import type { TrainingDirections } from './topSpace.ts';
import { trainingDirections, tryUpdate } from './trainingDirections.ts';
import { restoreState, saveState, type TrainingState } from './TrainingState.ts';
import { updateGradientAt, type UpdateGradient } from './updateGradient.ts';

/** The engine programs and the state of a run. */
interface Parts {
  readonly state: TrainingState;
  readonly norms: NormStatistics;
  readonly objective: Objective;
  readonly evaluation: Evaluation;
  /** By operator, in the order that they are measured in. */
  readonly problems: ReadonlyMap<CurvatureOperator, SpectrumProblem>;
}

/**
 * Trains from the seeded start, or from its checkpoint. Throws a TrainingError: BAD_OPTION, CHECKPOINT_MISMATCH, or DIVERGED
 * naming the step at which the loss became non-finite; an EstimationError when a spectrum cannot be measured; the signal's
 * reason when it is aborted.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  checkOptions(options);
  const release: (() => Promise<void>)[] = [];
  try {
    const parts = await prepare(options, release);
    const { checkpoint } = options;
    if (!checkpoint) return await loop(options, parts);
    const spaces = spacesDirectory(checkpoint.file);
    const isResumed = await restoreState(checkpoint.file, parts.state, settingsOf(options));
    if (!isResumed) await fs.rm(spaces, { recursive: true, force: true });
    const result = await loop(options, parts);
    await fs.rm(spaces, { recursive: true, force: true });
    return result;
  } finally {
    // A failure to release programs of an ended engine must not hide why it ended.
    await Promise.allSettled(release.map((free) => free()));
  }
}

async function prepare(options: TrainOptions, release: (() => Promise<void>)[]): Promise<Parts> {
  const { engine, model, data, batchSize, seed, normMode = 'minibatch', augment = false } = options;
  const held = <T extends { release(): Promise<void> }>(part: T): T => {
    release.push(() => part.release());
    return part;
  };
  const subset = spectrumSubset(data.train, options.spectrumExamples);
  const test = firstExamples(data.test, options.testExamples ?? Infinity);
  const parameters = initialParameters(model, seed);
  const problem: Problem = { model, loss: { kind: 'softmaxCrossEntropy' } };
  const population = { engine, problem, examples: data.train };
  const norms = held(await createNormStatistics(model, normMode, population));
  const training = { ...problem, batchNorm: norms.trainingMode };
  const objective = held(await createObjective(engine, training, batchSize));
  const evaluation = held(await createEvaluation(engine, { ...problem, batchNorm: 'running' }, [subset, test]));
  const problems = new Map<CurvatureOperator, SpectrumProblem>();
  const operators = options.spectra?.operators ?? ['hessian' as const];
  for (const operator of options.sharpness ? ['hessian' as const, ...operators] : operators) {
    if (problems.has(operator)) continue;
    const spectra = await createSpectrumProblem(options, parameters, operator);
    held(spectra.hessian);
    problems.set(operator, spectra);
  }
  const state: TrainingState = {
    parameters,
    buffers: norms.buffers,
    optimiser: createOptimiser(options.optimiser, parameters.length),
    batches: new MiniBatches(data.train, {
      ...{ size: batchSize, seed, precision: engine.precision, augment },
      ofIndices: model.inputType === 'int',
    }),
    step: 0,
    gradientNorm: null,
  };
  return { state, norms, objective, evaluation, problems };
}

function firstExamples(data: SplitDataSet['test'], count: number): Examples {
  return selectExamples(
    data,
    Int32Array.from({ length: Math.min(count, exampleCount(data)) }, (_, i) => i),
  );
}

async function loop(options: TrainOptions, parts: Parts): Promise<TrainResult> {
  const { steps, logEvery, signal, checkpoint } = options;
  const { state, norms } = parts;
  const spectrumAt = new Set(options.spectrumSteps);
  const checked = new Set<CurvatureOperator>();

  for (;;) {
    const { step } = state;
    signal?.throwIfAborted();
    let next: UpdateGradient | undefined;
    const isSharp = isSharpnessDue(options.sharpness, step, steps);
    if (step % logEvery === 0 || step === steps || spectrumAt.has(step) || isSharp) {
      await norms.prepare(state.parameters);
      if (isSharp) next = await nextGradient(options, parts);
      const record = { ...(await recordOf(options, parts)), ...(next && (await sharpnessOf(options, parts, next))) };
      await options.onStep?.(record);
      const due = spectrumAt.has(step) ? dueAt(options, step) : [];
      if (due.length > 0) {
        // Saved first, so that an interrupted spectrum resumes at exactly these parameters.
        if (checkpoint) await saveState(checkpoint.file, state, settingsOf(options));
        next ??= await nextGradient(options, parts);
        const directions = await trainingDirections(options, state, next);
        if (options.onSpectrumDue) await deferSpectra(options, parts, due, directions);
        else await spectraOf(options, parts, { due, directions, checked });
      }
      if (step === steps) {
        options.onProgress?.({ step });
        return { parameters: state.parameters, buffers: state.buffers, final: record };
      }
    }
    options.onProgress?.({ step });
    update(options, parts, next ?? (await nextGradient(options, parts)));
    if (checkpoint && state.step % checkpoint.every === 0) {
      await saveState(checkpoint.file, state, settingsOf(options));
    }
  }
}

/** What the next mini-batch says at the current point. */
async function nextGradient({ schedule }: TrainOptions, { state, norms, objective }: Parts): Promise<UpdateGradient> {
  const { step, batches, optimiser } = state;
  await norms.prepare(state.parameters);
  const found = await updateGradientAt(objective, optimiser, state, batches.next());
  for (const loss of [found.loss, found.updateLoss]) requireFinite(loss, step, learningRate(schedule, step));
  return found;
}

function update(
  { schedule }: TrainOptions,
  { state, norms }: Parts,
  { gradient, updateGradient, observed }: UpdateGradient,
): void {
  state.gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  state.optimiser.update(state.parameters, updateGradient, learningRate(schedule, state.step));
  norms.observe(observed);
  state.step++;
}

async function sharpnessOf(
  options: TrainOptions,
  { state, problems }: Parts,
  { updateGradient }: UpdateGradient,
): Promise<SharpnessRecord> {
  const { sharpness, engine, signal } = options;
  const hessian = problems.get('hessian')?.hessian;
  if (!sharpness || !hessian) throw new RangeError('The Hessian is prepared wherever the sharpness is measured.');
  const { update, optimiser } = tryUpdate(options, state, updateGradient);
  await hessian.setParameters(state.parameters);
  return measureSharpness({
    ...{ hessian, precision: engine.precision, settings: sharpness },
    update,
    preconditioner: optimiser.preconditioner(),
    ...(signal && { signal }),
  });
}

function requireFinite(loss: number, step: number, rate: number): void {
  if (Number.isFinite(loss)) return;
  const advice = step === 0 ? 'the inputs are too large, standardise them' : `lower the learning rate (${rate})`;
  throw new TrainingError('DIVERGED', `The loss is ${loss} at step ${step}: ${advice}.`);
}

async function recordOf({ schedule, signal }: TrainOptions, { state, evaluation }: Parts): Promise<StepRecord> {
  const { step, parameters, buffers, batches, gradientNorm } = state;
  const [train, test] = await evaluation.evaluate(parameters, buffers, signal);
  if (!train || !test) throw new RangeError('both parts are always evaluated');
  const rate = learningRate(schedule, step);
  for (const { loss } of [train, test]) requireFinite(loss, step, rate);
  return {
    number: step,
    epoch: step / batches.perEpoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    learningRate: rate,
    gradientNorm,
  };
}

function dueAt(options: TrainOptions, step: number): SpectrumSeries[] {
  const { spectra = {}, model, optimiser, isMeasured } = options;
  return seriesAt(step, spectra, model, optimiser.kind).filter((series) => !isMeasured?.(step, series));
}

/** Workers take matrices that are not preconditioned. */
async function deferSpectra(
  options: TrainOptions,
  parts: Parts,
  due: readonly SpectrumSeries[],
  directions: TrainingDirections,
): Promise<void> {
  for (const [operator, problem] of parts.problems) {
    const series = due.filter((one) => one.operator === operator && one.preconditioner === 'none');
    if (series.length === 0) continue;
    await options.onSpectrumDue?.({ ...spectrumDue(options, parts.state, operator, problem), series, directions });
  }
}

function spectrumDue(
  { engine, spectrum }: TrainOptions,
  { step, parameters, buffers }: TrainingState,
  operator: CurvatureOperator,
  { hessian, dataFingerprint }: SpectrumProblem,
): Omit<SpectrumDue, 'directions' | 'series'> {
  const { passSize, dimension } = hessian;
  const { lanczosSteps: steps, probes, memory } = spectrum;
  const groups = { dimension, steps, probes, precision: engine.precision, vectorsPerPass: passSize.vectorsPerPass };
  return {
    ...{ step, operator, parameters, buffers, dataFingerprint, passSize },
    probeGroups: probeGroups({ ...groups, ...(memory !== undefined && { memory }) }),
  };
}

interface SpectraDue {
  readonly due: readonly SpectrumSeries[];
  readonly directions: TrainingDirections;
  /** Operators that were checked. */
  readonly checked: Set<CurvatureOperator>;
}

async function spectraOf(
  options: TrainOptions,
  { state, problems }: Parts,
  { due, directions, checked }: SpectraDue,
): Promise<void> {
  for (const [operator, { hessian }] of problems) {
    if (!due.some((series) => series.operator === operator)) continue;
    await hessian.setParameters(state.parameters);
    if (!checked.has(operator)) await checkHessian(hessian, options.engine, options.spectrum);
    checked.add(operator);
  }
  await measureSeries(options, { step: state.step, due, problems, optimiser: state.optimiser, directions });
}
