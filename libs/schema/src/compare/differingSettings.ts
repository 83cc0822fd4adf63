/** The settings in which runs differ, and only those. */
import type { Run } from '@ritz/database';
import { constantOf, lineFields, type Json } from '@ritz/records';
import { builder } from '../builder.ts';

export interface SettingShape {
  readonly name: string;
  /** As text, one per run; null = the run does not have it. */
  readonly values: readonly (string | null)[];
}

export const DifferingSetting = builder.objectRef<SettingShape>('DifferingSetting').implement({
  description: 'A setting in which the compared runs differ.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'Its field, such as "batchNorm", "schedule.initial" or, for free-form settings, "config.augment.flip".',
    }),
    values: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'Its value in each of the compared runs, in their order; null where a run does not have it.',
      resolve: ({ values }) => [...values],
    }),
  }),
});

/** What does not make a training what it is: what it is called, and when it ran. */
const descriptive = new Set([
  ...['id', 'name', 'project', 'experiment', 'tags', 'notes'],
  ...['createdAt', 'editedAt', 'archived', 'supersededAt', 'parentId', 'parentStep'],
]);
const compared = lineFields.run.filter((field) => !descriptive.has(field));

/** In the order of the fields of a run, free-form settings last. */
export function differingSettings(runs: readonly Run[]): SettingShape[] {
  const settings = runs.map((run) => {
    const values = new Map<string, Json | object>(Object.entries(asShown(run)));
    return new Map(compared.flatMap((field) => flat(values.get(field), field)));
  });
  const names = new Set(settings.flatMap((one) => [...one.keys()]));
  return [...names]
    .map((name) => ({ name, values: settings.map((one) => one.get(name) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Closed choices read as the constants of the schema. */
function asShown(run: Run) {
  const { batchNorm, normalisation, schedule } = run;
  return {
    ...run,
    batchNorm: constantOf(batchNorm),
    normalisation: normalisation && constantOf(normalisation),
    schedule: { ...schedule, kind: constantOf(schedule.kind) },
  };
}

/** Objects are entered, lists are one value, and what is not known is left out. */
function flat(value: Json | object | undefined, name: string): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]: [string, Json]) => flat(inner, `${name}.${key}`));
  }
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}
