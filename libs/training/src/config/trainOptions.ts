/** Converts a config and its data into options of the training loop. */
import type { Engine } from '@ritz/estimation';
import type { SplitDataSet } from '../data/DataSet.ts';
import type { TrainOptions } from '../loop/TrainOptions.ts';
import type { Schedule } from '../optimisation/schedule.ts';
import type { Config } from './configSchema.ts';
import { makeArchitecture } from './makeArchitecture.ts';
import { spectrumSteps } from './spectrumPlan.ts';

/** Default number of records of loss and accuracy per run, approximately. */
const records = 100;

/** Throws a TrainingError (BAD_OPTION) when the net does not fit the data. */
export function trainOptions(config: Config, data: SplitDataSet, engine: Engine): TrainOptions {
  const { architecture, spectra, steps, testExamples, logEvery } = config;
  const batchNorm = 'batchNorm' in architecture ? architecture.batchNorm : 'none';
  return {
    engine,
    model: makeArchitecture(architecture, data.train),
    data,
    schedule: scheduleOf(config),
    optimiser: config.optimiser,
    ...(batchNorm !== 'none' && { normMode: batchNorm }),
    augment: config.augment,
    batchSize: config.batchSize,
    steps,
    seed: config.seed,
    logEvery: logEvery ?? Math.max(1, Math.floor(steps / records)),
    ...(testExamples !== undefined && { testExamples }),
    spectrumSteps: spectrumSteps(config),
    spectra: {
      ...(spectra.operators && { operators: spectra.operators }),
      ...(spectra.preconditioned !== undefined && { preconditioned: spectra.preconditioned }),
      ...(spectra.blocks && { blocks: spectra.blocks }),
      ...(spectra.classStructure !== undefined && { classStructure: spectra.classStructure }),
    },
    spectrumExamples: spectra.examples,
    ...(config.sharpness && { sharpness: config.sharpness }),
    ...(spectra.vectorsPerPass !== undefined && { spectrumVectorsPerPass: spectra.vectorsPerPass }),
    spectrum: {
      lanczosSteps: spectra.lanczosSteps,
      probes: spectra.probes,
      seed: spectra.seed,
      gradientEnergy: spectra.gradientEnergy,
    },
  };
}

/** Schedules that reach an end do so with the run by default. */
export function scheduleOf({ schedule, steps }: Config): Schedule {
  switch (schedule.kind) {
    case 'constant':
    case 'step':
    case 'piecewise':
      return schedule;
    case 'cosine':
    case 'warmup-cosine':
      return { ...schedule, totalSteps: schedule.totalSteps ?? steps };
    case 'one-cycle': {
      const { highest, initial = highest / 25, final = initial / 1e4 } = schedule;
      return { ...schedule, initial, final, totalSteps: schedule.totalSteps ?? steps };
    }
  }
}
