/** A run as it is stored: checked, with every default filled in, so that two payloads can be compared field by field. */
import type { Config, Schedule } from '../schema/run.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireFinite, requireInt32, requireInteger } from '../input/number.ts';
import { optionalText, requireName, requireText } from '../input/text.ts';
import { requireUuid } from '../input/uuid.ts';
import type { NewRun, NewSchedule, Run } from './Run.ts';

/** What a client says about a run; the rest of a Run is the server's. */
export type RunPayload = Omit<Run, 'projectId' | 'experimentId' | 'status' | 'archived' | 'createdAt' | 'finishedAt'>;

export function normaliseRun(run: NewRun): RunPayload {
  const count = (value: number | null | undefined, field: string, min: number): number | null =>
    value === null || value === undefined ? null : requireInt32(value, [field], { min });
  const { parameterCount } = run;
  return {
    id: requireUuid(run.id, ['id']),
    name: requireName(run.name, ['name']),
    projectName: requireName(run.project ?? 'default', ['project']),
    experimentName: requireName(run.experiment ?? 'default', ['experiment']),
    architecture: requireName(run.architecture, ['architecture']),
    dataset: requireName(run.dataset, ['dataset']),
    batchNorm: run.batchNorm ?? 'NONE',
    residual: run.residual ?? false,
    optimiser: requireName(run.optimiser, ['optimiser']),
    schedule: normaliseSchedule(run.schedule),
    seed: requireInteger(run.seed, ['seed']),
    classes: count(run.classes, 'classes', 1),
    parameterCount:
      parameterCount === null || parameterCount === undefined
        ? null
        : requireInteger(parameterCount, ['parameterCount'], { min: 1 }),
    plannedSteps: count(run.plannedSteps, 'plannedSteps', 0),
    gitRevision: optionalText(run.gitRevision, ['gitRevision']),
    engine: optionalText(run.engine, ['engine']),
    config: normaliseConfig(run.config ?? {}),
    tags: [...new Set((run.tags ?? []).map((tag, at) => requireName(tag, ['tags', String(at)])))].sort(),
    notes: optionalText(run.notes, ['notes']),
  };
}

function normaliseSchedule(schedule: NewSchedule): Schedule {
  const { kind, initial, factor, steps, totalSteps, warmupSteps } = schedule;
  const count = (value: number | null | undefined, field: string): number | null =>
    value === null || value === undefined ? null : requireInt32(value, ['schedule', field], { min: 0 });
  return {
    kind,
    initial: requireFinite(initial, ['schedule', 'initial'], { min: 0 }),
    factor: factor === null || factor === undefined ? null : requireFinite(factor, ['schedule', 'factor'], { min: 0 }),
    steps: steps?.map((step, at) => requireInt32(step, ['schedule', 'steps', String(at)], { min: 0 })) ?? null,
    totalSteps: count(totalSteps, 'totalSteps'),
    warmupSteps: count(warmupSteps, 'warmupSteps'),
  };
}

/** Through JSON once, as the server will: what cannot be said in JSON is refused rather than turned into null. */
function normaliseConfig(config: Config): Config {
  const text = JSON.stringify(config, (key, value: unknown) => {
    if (typeof value === 'number') requireFinite(value, ['config', key]);
    if (typeof value === 'string') requireText(value, ['config', key]);
    requireText(key, ['config']);
    return value;
  });
  const parsed: unknown = JSON.parse(text);
  if (isConfig(parsed)) return parsed;
  throw new DatabaseError('INVALID', 'config is not an object; named settings are expected.', { field: ['config'] });
}

function isConfig(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
