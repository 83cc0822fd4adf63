/** What decides the trajectory of a run. */
import { exampleCount } from '../data/DataSet.ts';
import type { TrainOptions } from './TrainOptions.ts';

/** As text: a checkpoint is never resumed with other settings. */
export function settingsOf({
  model,
  data,
  optimiser,
  schedule,
  batchSize,
  seed,
  engine,
  ...options
}: TrainOptions): string {
  const { normMode = 'minibatch', augment = false } = options;
  const examples = exampleCount(data.train);
  const kept = { model: model.name, data: data.train.name, examples, optimiser, schedule, batchSize, seed };
  return JSON.stringify({ ...kept, normMode, augment, engine: engine.name, precision: engine.precision });
}
