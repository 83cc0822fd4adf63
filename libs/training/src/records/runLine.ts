/** A config's description of its run as a record line. */
import { parameterCount, type Engine } from '@ritz/estimation';
import { asRunConfig, stableUuid, type RecordLineOf } from '@ritz/records';
import type { Architecture } from '../architecture/Architecture.ts';
import type { Config } from '../config/configSchema.ts';
import { scheduleOf } from '../config/trainOptions.ts';
import { describeOptimiser } from '../optimisation/optimisers.ts';
import { scheduleRecord } from './scheduleRecord.ts';

/** Follows from everything that decides the run's numbers: the same config continues the run that it began. */
export function runIdOf({
  checkpointEvery: _every,
  tags: _tags,
  notes: _notes,
  forks: _forks,
  ...numbers
}: Config): string {
  return stableUuid('ritz train', JSON.stringify(numbers));
}

export function runLine(config: Config, model: Architecture, engine: Engine): RecordLineOf<'run'> {
  const { architecture, fork } = config;
  const { forks: _forks, ...settings } = config;
  return {
    v: 1,
    kind: 'run',
    id: runIdOf(config),
    name: config.name,
    project: config.project,
    experiment: config.experiment,
    architecture: model.name,
    dataset: config.data.kind,
    batchNorm: 'batchNorm' in architecture ? architecture.batchNorm : 'none',
    normalisation: model.normalisation,
    residual: model.residual,
    optimiser: describeOptimiser(config.optimiser),
    schedule: scheduleRecord(scheduleOf(config)),
    seed: config.seed,
    classes: model.classes,
    parameterCount: parameterCount(model),
    plannedSteps: config.steps,
    engine: engine.name,
    config: asRunConfig(settings),
    tags: config.tags,
    ...(config.notes !== undefined && { notes: config.notes }),
    ...(fork && { parentId: fork.run, parentStep: fork.step }),
  };
}
