/** Checks the options of a training run. */
import { outputShape, sizeOf } from '@ritz/estimation';
import { exampleCount, exampleSize } from '../data/DataSet.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { checkSchedule } from '../optimisation/schedule.ts';
import { checkChoice } from './SpectrumSeries.ts';
import type { TrainOptions } from './TrainOptions.ts';

function refuse(what: string): never {
  throw new TrainingError('BAD_OPTION', what);
}

/** Throws a TrainingError (BAD_OPTION) that names the option, what was given and what was expected. */
export function checkOptions(options: TrainOptions): void {
  const { steps, batchSize, logEvery, spectrumExamples, testExamples, spectrumSteps, spectrum, data } = options;
  const counts = {
    steps,
    batchSize,
    logEvery,
    spectrumExamples,
    testExamples: testExamples ?? 1,
    'checkpoint.every': options.checkpoint?.every ?? 1,
    'spectrum.lanczosSteps (m)': spectrum.lanczosSteps,
    'spectrum.probes (k)': spectrum.probes,
    'sharpness.every': options.sharpness?.every ?? 1,
    'sharpness.lanczosSteps (m)': options.sharpness?.lanczosSteps ?? 1,
  };
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      refuse(`${name}: expected an integer of at least 1, got ${value}.`);
    }
  }
  const available = exampleCount(data.train);
  for (const [name, value] of Object.entries({ batchSize, spectrumExamples })) {
    if (value > available) refuse(`${name}: ${value} is more than the ${available} training examples.`);
  }
  const outside = spectrumSteps.find((step) => !Number.isInteger(step) || step < 0 || step > steps);
  if (outside !== undefined) refuse(`spectrumSteps: ${outside} is not a step of this run (0 to ${steps}).`);
  if (options.model.batchNorm && spectrumExamples % batchSize !== 0) {
    const why = 'with batch norm a spectrum is taken over whole batches';
    refuse(`spectrumExamples: expected a multiple of the batch size ${batchSize} (${why}), got ${spectrumExamples}.`);
  }
  if (options.augment && options.model.inputShape.length !== 3) {
    refuse(
      `augment: only images can be shifted; ${options.model.name} takes [${options.model.inputShape.join(', ')}].`,
    );
  }
  checkData(options);
  checkChoice(options.spectra ?? {}, options.model, options.optimiser.kind);
  checkSchedule(options.schedule);
}

function checkData({ model, data }: TrainOptions): void {
  const outputs = outputShape(model);
  const classes = outputs.at(-1);
  const labels = sizeOf(outputs.slice(0, -1));
  for (const set of [data.train, data.test]) {
    if (set.labels.length < 1) refuse(`${set.name}: there are no examples.`);
    if (exampleSize(set) !== sizeOf(model.inputShape) || set.classes !== classes) {
      refuse(
        `${model.name} takes ${sizeOf(model.inputShape)} numbers and tells ${classes} classes apart, ` +
          `but ${set.name} has ${exampleSize(set)} numbers and ${set.classes} classes.`,
      );
    }
    const given = set.labels.length / exampleCount(set);
    if (given !== labels)
      refuse(`labels of ${set.name}: expected ${labels} for each example of ${model.name}, got ${given}.`);
  }
}
