/** Free-form settings as a list of paths and values: nested settings can be read, sent and compared one by one. */
import { DatabaseError } from '@ritz/database';
import type { Json, RunConfig } from '@ritz/records';
import { builder } from '../builder.ts';
import { deprecatedFor } from '../types/deprecated.ts';
import { parsedJson, SettingValue, SettingValueInput, valueOf, type SettingValueShape } from '../types/settingValue.ts';

interface SettingShape extends SettingValueShape {
  readonly path: readonly string[];
}

const about = {
  path: 'Where the value stands: its name, below the names of what it is nested in.',
  value: 'The value as JSON: `0.9`, `true`, `"adam"`, `[1, 2]`, `null`.',
  typed: 'The value with its type.',
  deprecated: deprecatedFor('typedValue', 'which keeps the type of the value'),
};

export const Setting = builder.objectRef<SettingShape>('Setting').implement({
  description: 'One value of a run’s free-form settings.',
  fields: (t) => ({
    path: t.field({ type: ['String'], description: about.path, resolve: ({ path }) => [...path] }),
    typedValue: t.field({ type: SettingValue, description: about.typed, resolve: (setting) => setting }),
    value: t.string({
      description: about.value,
      deprecationReason: about.deprecated,
      resolve: ({ value }) => JSON.stringify(value),
    }),
  }),
});

export const SettingInput = builder.inputType('SettingInput', {
  description: 'One value of a run’s free-form settings: `typedValue`, or `value`.',
  fields: (t) => ({
    path: t.stringList({ required: true, description: about.path }),
    typedValue: t.field({ type: SettingValueInput, description: about.typed }),
    value: t.string({ description: about.value, deprecationReason: about.deprecated }),
  }),
});

/** Objects are entered, unless they are empty; lists are values. */
export function settingsOf(config: RunConfig): SettingShape[] {
  return Object.entries(config).flatMap(([name, value]) => entriesOf(value, [name]));
}

function entriesOf(value: Json, path: readonly string[]): SettingShape[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const inner = Object.entries(value).flatMap(([name, one]: [string, Json]) => entriesOf(one, [...path, name]));
    if (inner.length > 0) return inner;
  }
  return [{ path, value }];
}

interface Nested {
  [name: string]: Json | Nested;
}

/** Throws a DatabaseError (INVALID) for a path that is empty or given twice, and for a value that is not JSON. */
export function configOf(settings: readonly (typeof SettingInput.$inferInput)[]): RunConfig {
  const config = emptyNested();
  settings.forEach(({ path, value, typedValue }, at) => {
    const refuse = (field: string, what: string): never => {
      const place = ['config', String(at), field];
      throw new DatabaseError('INVALID', `config[${String(at)}].${field}: ${what}.`, { field: place });
    };
    const last = path.at(-1);
    if (last === undefined) return refuse('path', 'expected at least one name, got none');
    const given = [value, typedValue].filter((one) => one !== null && one !== undefined).length;
    if (given !== 1) return refuse('typedValue', `expected one of typedValue and value, got ${String(given)} of them`);
    const place = ['config', String(at)];
    const parsed = typedValue
      ? valueOf(typedValue, [...place, 'typedValue'])
      : parsedJson(value ?? '', [...place, 'value']);
    let inner = config;
    for (const name of path.slice(0, -1)) {
      const next = (inner[name] ??= emptyNested());
      if (!isNested(next))
        return refuse('path', 'expected a path of its own, got one that leads through another setting');
      inner = next;
    }
    if (last in inner) return refuse('path', 'expected each path once, got it again');
    inner[last] = parsed;
  });
  return config as RunConfig;
}

const nested = new WeakSet<object>();

/** Without a prototype, so that a setting may be named `constructor` or `__proto__`. */
function emptyNested(): Nested {
  const made = Object.create(null) as Nested;
  nested.add(made);
  return made;
}

/** Made by a path, not given as a value. */
function isNested(value: Json | Nested): value is Nested {
  return typeof value === 'object' && value !== null && nested.has(value);
}
