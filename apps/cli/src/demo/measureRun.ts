/** Trains and measures one run of the demo, recording it as it goes. */
import { parameterCount, type Engine } from '@ritz/estimation';
import type { NewRun } from '@ritz/records';
import { scheduleRecord, train, type Architecture, type SplitDataSet, type TrainProgress } from '@ritz/training';
import { startRecording, type RecordingApi } from '../recording/recorder.ts';
import { startProgress } from '../terminal/progress.ts';
import type { DemoRun, DemoSettings } from './plan.ts';

export interface MeasureRunOptions {
  readonly api: RecordingApi;
  readonly engine: Engine;
  readonly model: Architecture;
  readonly data: SplitDataSet;
  readonly run: DemoRun;
  readonly settings: DemoSettings;
  readonly signal: AbortSignal;
}

/** One training step, evaluations included, costs about this many Lanczos steps of ten probes. */
const trainingStepCost = 1 / 20;

function describe({ run, model, engine, settings }: MeasureRunOptions): NewRun {
  return {
    id: run.id,
    name: run.name,
    project: 'demo',
    experiment: settings.experiment,
    architecture: model.name,
    dataset: 'mnist',
    optimiser: `SGD, momentum ${settings.momentum}`,
    schedule: scheduleRecord(run.schedule),
    seed: settings.seed,
    classes: settings.classes,
    parameterCount: parameterCount(model),
    plannedSteps: settings.steps,
    engine: engine.name,
    tags: ['demo'],
  };
}

function activity({ step, lanczos }: TrainProgress, steps: number): string {
  const at = `step ${step} of ${steps}`;
  return lanczos ? `${at}: spectrum, Lanczos step ${lanczos.done} of ${lanczos.total}` : `${at}: training`;
}

/**
 * Resolves to true when something was measured, false when all of it was already stored. When it is interrupted or fails, the
 * run is marked so and keeps everything recorded until then.
 */
export async function measureRun(options: MeasureRunOptions): Promise<boolean> {
  const { api, engine, model, data, run, settings, signal } = options;
  const recorder = await startRecording(api, describe(options), settings.spectrumSteps);
  if (recorder.complete) return false;
  const toMeasure = settings.spectrumSteps.filter((step) => !recorder.isMeasured(step));
  const stored = settings.spectrumSteps.length - toMeasure.length;
  if (stored > 0) console.log(`${run.name}: ${stored} of ${settings.spectrumSteps.length} spectra are already stored.`);
  const total = toMeasure.length * settings.lanczosSteps + settings.steps * trainingStepCost;
  const progress = startProgress(run.name.padEnd(20), total);
  try {
    await train({
      engine,
      model,
      data,
      schedule: run.schedule,
      optimiser: { kind: 'sgd', momentum: settings.momentum },
      batchSize: settings.batchSize,
      steps: settings.steps,
      seed: settings.seed,
      logEvery: settings.logEvery,
      testExamples: settings.testExamples,
      spectrumSteps: settings.spectrumSteps,
      spectrumExamples: settings.images,
      spectrum: {
        lanczosSteps: settings.lanczosSteps,
        probes: settings.probes,
        seed: settings.seed,
        gradientEnergy: settings.gradientEnergy,
      },
      isMeasured: recorder.isMeasured,
      onStep: recorder.step,
      onSpectrum: recorder.spectrum,
      onProgress: (now) => {
        const spectra = toMeasure.filter((step) => step < now.step).length * settings.lanczosSteps;
        const measuring = now.lanczos ? now.lanczos.done : toMeasure.includes(now.step) ? settings.lanczosSteps : 0;
        progress.update(spectra + measuring + now.step * trainingStepCost, activity(now, settings.steps));
      },
      signal,
    });
    await recorder.finish('finished');
    return true;
  } catch (error) {
    // The API may be what failed: the first error is the one to report.
    await recorder.finish(signal.aborted ? 'interrupted' : 'failed').catch(() => undefined);
    throw error;
  } finally {
    progress.stop();
  }
}
