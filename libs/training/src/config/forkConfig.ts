/** The config of a run that goes off from another one. */
import { TrainingError } from '../error/TrainingError.ts';
import { runIdOf } from '../records/runLine.ts';
import type { Config } from './configSchema.ts';
import { parseConfig } from './readConfig.ts';

/** What a fork shares with its parent: its parameters, its data and their order, and the arithmetic. */
const shared = ['architecture', 'data', 'seed', 'engine', 'precision'] as const;
const maxName = 200;

/**
 * The parent's config with some settings changed after `step`: `changes` are `path.to.key=value`, as for readConfig. Throws a
 * TrainingError (CONFIG_INVALID).
 */
export function forkConfig(parent: Config, step: number, changes: readonly string[]): Config {
  if (!Number.isInteger(step) || step < 0 || step >= parent.steps) {
    const expected = `a step from 0 to ${parent.steps - 1} of "${parent.name}"`;
    throw new TrainingError('CONFIG_INVALID', `fork: expected ${expected}, got ${step}.`);
  }
  const { forks: _forks, ...settings } = parent;
  const name = [`${parent.name}, fork at ${step}`, ...changes].join(', ').slice(0, maxName);
  const fork = { run: runIdOf(parent), step };
  const config = parseConfig('the fork', JSON.stringify({ ...settings, name, fork }), changes);
  const changed = shared.find((key) => JSON.stringify(config[key]) !== JSON.stringify(parent[key]));
  if (changed !== undefined) {
    const advice = `A fork shares ${shared.join(', ')} with its parent: train a run of its own instead.`;
    throw new TrainingError(
      'CONFIG_INVALID',
      `--set: expected a setting that a fork may change, got ${changed}. ${advice}`,
    );
  }
  if (config.steps <= step) {
    throw new TrainingError(
      'CONFIG_INVALID',
      `steps: expected more than ${step}, where the fork begins, got ${config.steps}.`,
    );
  }
  return config;
}

/** The forks that a config asks for. Throws a TrainingError (CONFIG_INVALID). */
export function forksOf(config: Config): Config[] {
  return (config.forks ?? []).map(({ step, name, set }) => {
    const changes = Object.entries(set).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    const fork = forkConfig(config, step, changes);
    return name === undefined ? fork : { ...fork, name };
  });
}
