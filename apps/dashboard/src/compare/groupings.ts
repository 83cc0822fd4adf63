/** The settings that compared runs are grouped and coloured by: the usual ones, and every other in which they differ. */
import { describeSchedule, groupBy, type Group } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import type { ComparedRun, NamedRun } from './NamedRun.ts';

/** As in the address of the page. */
export type Grouping = string;

export type Differing = DifferingSettingsQuery['compare']['differingSettings'];

const batchNormNames = {
  NONE: 'no batch normalisation',
  MINIBATCH: 'batch norm, mini-batch statistics',
  POPULATION: 'batch norm, full-data statistics',
  RUNNING: 'batch norm, running averages',
} as const;

interface Key {
  readonly name: string;
  readonly of: (run: ComparedRun) => string;
}

const usual: Readonly<Record<string, Key>> = {
  architecture: { name: 'architecture', of: ({ architecture }) => architecture },
  batchNorm: { name: 'batch norm', of: ({ batchNorm }) => batchNormNames[batchNorm] },
  residual: {
    name: 'residual',
    of: ({ residual }) => (residual ? 'with residual connections' : 'without residual connections'),
  },
  schedule: { name: 'schedule', of: ({ schedule }) => `learning rate ${describeSchedule(schedule)}` },
};

/** Parts of the usual keys, which say the same less readably. */
const covered = /^schedule\./;

/** Keys by which some of the runs can be told apart, the usual ones first. */
export interface Keys {
  readonly names: ReadonlyMap<Grouping, string>;
  readonly valueOf: (run: NamedRun, by: Grouping) => string;
}

/** `ids` are those of the runs that `differing` has values of, in its order. */
export function keysOf(ids: readonly string[], differing: Differing): Keys {
  const further = differing.filter(({ name }) => !(name in usual) && !covered.test(name));
  const place = new Map(ids.map((id, index) => [id, index]));
  return {
    names: new Map([
      ...Object.entries(usual).map(([key, { name }]) => [key, name] as const),
      ...further.map(({ name }) => [name, name.replace(/^config\./, '')] as const),
    ]),
    valueOf: ({ id, run }, by) => {
      const known = usual[by];
      if (known) return known.of(run);
      const values = further.find(({ name }) => name === by)?.values ?? [];
      return `${by.replace(/^config\./, '')} ${values[place.get(id) ?? -1] ?? '–'}`;
    },
  };
}

/** Groups of runs that agree in all of these settings. */
export function groupsOf<Member extends NamedRun>(
  runs: readonly Member[],
  keys: Keys,
  by: readonly Grouping[],
): Group<Member>[] {
  return groupBy(runs, (run) => by.map((key) => keys.valueOf(run, key)).join(' · '));
}

/** The usual settings in which the runs differ: a mean over a group then mixes none of them. */
export function tellingGroupings(runs: readonly NamedRun[], keys: Keys): readonly Grouping[] {
  const telling = Object.keys(usual).filter((by) => groupsOf(runs, keys, [by]).length > 1);
  return telling.length > 0 ? telling : ['architecture'];
}
