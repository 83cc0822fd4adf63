/** The settings in which runs differ, and only those. */
import type { Run } from '@ritz/database';
import { runSettings, type Json } from '@ritz/records';
import { builder } from '../builder.ts';
import { deprecatedFor } from '../types/deprecated.ts';
import { SettingValue, shownValue } from '../types/settingValue.ts';
import { namedSettings } from './namedSettings.ts';

export interface DifferenceShape {
  readonly name: string;
  /** One per run; undefined = the run does not have it. */
  readonly values: readonly (Json | undefined)[];
}

export const DifferingSetting = builder.objectRef<DifferenceShape>('DifferingSetting').implement({
  description: 'A setting in which the compared runs differ.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'Its field, such as "batchNorm", "schedule.initial" or, for free-form settings, "config.augment.flip".',
    }),
    typedValues: t.field({
      type: [SettingValue],
      nullable: { list: false, items: true },
      description: 'Its value in each of the compared runs, in their order; null where a run does not have it.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ values }) => values.map((value) => (value === undefined ? null : { value })),
    }),
    values: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'Its value in each of the compared runs, in their order; null where a run does not have it.',
      deprecationReason: deprecatedFor('typedValues', 'which keep the type of each value'),
      resolve: ({ values }) => values.map((value) => (value === undefined ? null : shownValue(value))),
    }),
  }),
});

/** In the order of the fields of a run, free-form settings last. */
export function differingSettings(runs: readonly Run[]): DifferenceShape[] {
  const settings = runs.map((run) => {
    const values = new Map<string, unknown>(Object.entries(run));
    return namedSettings(Object.fromEntries(runSettings.map((field) => [field, values.get(field)])));
  });
  const names = new Set(settings.flatMap((one) => [...one.keys()]));
  return [...names]
    .map((name) => ({ name, values: settings.map((one) => one.get(name)) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}
