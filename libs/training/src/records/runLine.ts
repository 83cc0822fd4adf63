/** A config's description of its run as a record line. */
import { parameterCount, type Engine } from '@ritz/estimation';
import { asRunConfig, stableUuid, type RecordLineOf } from '@ritz/records';
import type { Architecture } from '../architecture/Architecture.ts';
import type { Config } from '../config/configSchema.ts';
import { scheduleOf } from '../config/trainOptions.ts';
import { scheduleRecord } from './scheduleRecord.ts';

/** Follows from everything that decides the run's numbers: the same config continues the run that it began. */
export function runIdOf({ checkpointEvery: _every, tags: _tags, notes: _notes, ...numbers }: Config): string {
  return stableUuid('ritz train', JSON.stringify(numbers));
}

/** The optimiser with its settings, in words. */
export function describeOptimiser({ optimiser }: Config): string {
  switch (optimiser.kind) {
    case 'sgd':
      return `SGD, momentum ${optimiser.momentum}, weight decay ${optimiser.weightDecay}`;
    case 'adam':
      return `Adam, weight decay ${optimiser.weightDecay}`;
    default:
      throw new Error(`Unknown optimiser: ${String(optimiser satisfies never)}`);
  }
}

export function runLine(config: Config, model: Architecture, engine: Engine): RecordLineOf<'run'> {
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
    batchNorm: 'batchNorm' in architecture ? architecture.batchNorm : 'none',
    residual: model.residual,
    optimiser: describeOptimiser(config),
    schedule: scheduleRecord(scheduleOf(config)),
    seed: config.seed,
    classes: model.classes,
    parameterCount: parameterCount(model),
    plannedSteps: config.steps,
    engine: engine.name,
    config: asRunConfig(config),
    tags: config.tags,
    ...(config.notes !== undefined && { notes: config.notes }),
  };
}
