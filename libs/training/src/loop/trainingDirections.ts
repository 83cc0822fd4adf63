/** Directions of a training that Ritz vectors are compared with: the next update, computed without making it, and the class means. */
import { classGradients } from '@ritz/estimation';
import { createOptimiser } from '../optimisation/optimisers.ts';
import type { Optimiser } from '../optimisation/Optimiser.ts';
import { learningRate } from '../optimisation/schedule.ts';
import { spectrumSubset } from './spectrumProblem.ts';
import type { TrainingDirections } from './topSpace.ts';
import type { TrainOptions } from './TrainOptions.ts';
import type { TrainingState } from './TrainingState.ts';

/** Of the next mini-batch: its gradient at the parameters, and the one that the update takes. */
interface NextGradients {
  readonly gradient: Float64Array;
  readonly updateGradient: Float64Array;
}

/** At the point of the state, which does not change. */
export async function trainingDirections(
  options: TrainOptions,
  state: TrainingState,
  { gradient, updateGradient }: NextGradients,
): Promise<TrainingDirections> {
  return {
    miniBatchGradient: gradient,
    update: tryUpdate(options, state, updateGradient).update,
    ...(options.spectra?.classStructure && { classMeans: await classMeans(options, state.parameters) }),
  };
}

interface TriedUpdate {
  /** Difference of the parameters. */
  readonly update: Float64Array;
  /** After the update. */
  readonly optimiser: Optimiser;
}

/** The update that the optimiser will make, tried on a copy. */
export function tryUpdate(
  { optimiser: description, schedule }: TrainOptions,
  { parameters, optimiser, step }: TrainingState,
  updateGradient: Float64Array,
): TriedUpdate {
  const copy = createOptimiser(description, parameters.length);
  copy.restore(optimiser.state());
  const moved = parameters.slice();
  copy.update(moved, updateGradient, learningRate(schedule, step));
  return { update: moved.map((value, i) => value - (parameters[i] ?? 0)), optimiser: copy };
}

/** Over the examples that spectra are taken over. */
function classMeans({ engine, model, data, spectrumExamples }: TrainOptions, parameters: Float64Array) {
  const { inputs, labels } = spectrumSubset(data.train, spectrumExamples);
  return classGradients({ engine, model, loss: { kind: 'softmaxCrossEntropy' }, parameters, inputs, targets: labels });
}
