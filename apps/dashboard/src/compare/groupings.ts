/** The settings that compared runs are coloured and split by: the usual ones, and every other in which they differ. */
import { describeSchedule, groupBy, type Group } from '@ritz/charts';
import type { DifferingSettingsQuery } from '@ritz/client';
import type { ComparedRun } from './ComparedRun.ts';

/** As in the address of the page. */
export type Grouping = string;

export type Differing = DifferingSettingsQuery['compare']['differingSettings'];

const batchNormNames = {
  NONE: 'no batch norm',
  MINIBATCH: 'mini-batch BN',
  POPULATION: 'full-data BN',
  RUNNING: 'running-average BN',
} as const;

interface Key {
  readonly name: string;
  readonly of: (run: ComparedRun) => string;
}

const usual: Readonly<Record<string, Key>> = {
  architecture: { name: 'architecture', of: ({ architecture }) => architecture },
  batchNorm: { name: 'batch norm', of: ({ batchNorm }) => batchNormNames[batchNorm] },
  residual: { name: 'residual', of: ({ residual }) => (residual ? 'residual' : 'no residual') },
  schedule: { name: 'schedule', of: ({ schedule }) => `η ${describeSchedule(schedule)}` },
};

/** Parts of the usual keys, which say the same less readably. */
const covered = /^schedule\./;

/** Keys by which some of the runs can be told apart, the usual ones first. */
export interface Keys {
  readonly names: ReadonlyMap<Grouping, string>;
  readonly valueOf: (run: ComparedRun, by: Grouping) => string;
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
    valueOf: (run, by) => {
      const known = usual[by];
      if (known) return known.of(run);
      const values = further.find(({ name }) => name === by)?.values ?? [];
      return `${by.replace(/^config\./, '')} ${values[place.get(run.id) ?? -1]?.shown ?? '–'}`;
    },
  };
}

/** Groups of runs that agree in a setting; all of them where there is none. */
export function groupsOf<Member extends { readonly run: ComparedRun }>(
  runs: readonly Member[],
  keys: Keys,
  by: Grouping | null,
): Group<Member>[] {
  return groupBy(runs, ({ run }) => (by === null ? '' : keys.valueOf(run, by)));
}

/** Up to this many runs each have a colour of their own. */
const ownColours = 8;

/** The usual settings in which the runs differ. */
export function tellingGroupings(runs: readonly ComparedRun[], keys: Keys): readonly Grouping[] {
  return Object.keys(usual).filter((by) => new Set(runs.map((run) => keys.valueOf(run, by))).size > 1);
}

/** What many runs are coloured by unless it is said: a setting with few values, so that repetitions share a colour; null: each its own. */
export function usualColour(runs: readonly ComparedRun[], keys: Keys): Grouping | null {
  if (runs.length <= ownColours) return null;
  const valuesOf = (by: Grouping): number => new Set(runs.map((run) => keys.valueOf(run, by))).size;
  const all = [...tellingGroupings(runs, keys), ...keys.names.keys()];
  return all.find((by) => valuesOf(by) > 1 && valuesOf(by) <= ownColours) ?? null;
}
