/** Directions of a training that Ritz vectors are compared with: the next update, computed without making it, and the class means. */
import { classGradients, type Objective } from '@ritz/estimation';
import { createOptimiser } from '../optimisation/optimisers.ts';
import { learningRate } from '../optimisation/schedule.ts';
import { spectrumSubset } from './spectrumProblem.ts';
import type { TrainingDirections } from './topSpace.ts';
import type { TrainOptions } from './TrainOptions.ts';
import type { TrainingState } from './TrainingState.ts';
import { updateGradientAt } from './updateGradient.ts';

/** At the point of the state, whose statistics of batch norm must have been prepared. The state does not change. */
export async function trainingDirections(
  options: TrainOptions,
  state: TrainingState,
  objective: Objective,
): Promise<TrainingDirections> {
  const { parameters, optimiser, step } = state;
  const { gradient, updateGradient } = await updateGradientAt(objective, optimiser, state, state.batches.peek());
  const copy = createOptimiser(options.optimiser, parameters.length);
  copy.restore(optimiser.state());
  const next = parameters.slice();
  copy.update(next, updateGradient, learningRate(options.schedule, step));
  return {
    miniBatchGradient: gradient,
    update: next.map((value, i) => value - (parameters[i] ?? 0)),
    ...(options.spectra?.classStructure && { classMeans: await classMeans(options, parameters) }),
  };
}

/** Over the examples that spectra are taken over. */
function classMeans({ engine, model, data, spectrumExamples }: TrainOptions, parameters: Float64Array) {
  const { inputs, labels } = spectrumSubset(data.train, spectrumExamples);
  return classGradients({ engine, model, loss: { kind: 'softmaxCrossEntropy' }, parameters, inputs, targets: labels });
}
