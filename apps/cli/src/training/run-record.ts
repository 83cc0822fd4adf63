/** What a config says about its run, as a record of the interchange format. */
import { parameterCount, type Engine } from '@ritz/estimation';
import { scheduleOf, type Architecture, type Config } from '@ritz/training';
import { batchNormNames } from '../recording/batch-norm-names.ts';
import type { RunRecord } from '../recording/RunFile.ts';
import { scheduleInput } from '../recording/schedule-input.ts';
import { stableUuid } from '../recording/stable-uuid.ts';

/** Follows from everything that decides the run's numbers: the same config goes on with the run it began. */
export function runIdOf({ checkpointEvery: _every, tags: _tags, notes: _notes, ...numbers }: Config): string {
  return stableUuid('ritz train', JSON.stringify(numbers));
}

export function optimiserText({ optimiser }: Config): string {
  if (optimiser.kind === 'adam') return `Adam, weight decay ${optimiser.weightDecay}`;
  return `SGD, momentum ${optimiser.momentum}, weight decay ${optimiser.weightDecay}`;
}

export function runRecord(config: Config, model: Architecture, engine: Engine): RunRecord {
  const { architecture } = config;
  return {
    v: 1,
    kind: 'run',
    id: runIdOf(config),
    name: config.name,
    project: config.project,
    experiment: config.experiment,
    architecture: model.name,
    dataset: config.data.kind,
    batchNorm: 'batchNorm' in architecture ? batchNormNames[architecture.batchNorm] : 'NONE',
    residual: model.residual,
    optimiser: optimiserText(config),
    schedule: scheduleInput(scheduleOf(config)),
    seed: config.seed,
    classes: model.classes,
    parameterCount: parameterCount(model),
    plannedSteps: config.steps,
    engine: engine.name,
    config,
    tags: config.tags,
    ...(config.notes !== undefined && { notes: config.notes }),
  };
}
