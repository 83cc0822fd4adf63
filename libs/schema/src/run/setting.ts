/** Free-form settings as a list of paths and values: nested settings can be read, sent and compared one by one. */
import { DatabaseError } from '@ritz/database';
import type { Json, RunConfig } from '@ritz/records';
import { builder } from '../builder.ts';

interface SettingShape {
  readonly path: readonly string[];
  readonly value: string;
}

const about = {
  path: 'Where the value stands: its name, below the names of what it is nested in.',
  value: 'The value as JSON: `0.9`, `true`, `"adam"`, `[1, 2]`, `null`.',
};

export const Setting = builder.objectRef<SettingShape>('Setting').implement({
  description: 'One value of a run’s free-form settings.',
  fields: (t) => ({
    path: t.field({ type: ['String'], description: about.path, resolve: ({ path }) => [...path] }),
    value: t.exposeString('value', { description: about.value }),
  }),
});

export const SettingInput = builder.inputType('SettingInput', {
  description: 'One value of a run’s free-form settings.',
  fields: (t) => ({
    path: t.stringList({ required: true, description: about.path }),
    value: t.string({ required: true, description: about.value }),
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
  return [{ path, value: JSON.stringify(value) }];
}

interface Nested {
  [name: string]: Json | Nested;
}

/** Throws a DatabaseError (INVALID) for a path that is empty or given twice, and for a value that is not JSON. */
export function configOf(settings: readonly SettingShape[]): RunConfig {
  const config = emptyNested();
  settings.forEach(({ path, value }, at) => {
    const refuse = (field: string, what: string): never => {
      const place = ['config', String(at), field];
      throw new DatabaseError('INVALID', `config[${String(at)}].${field}: ${what}.`, { field: place });
    };
    const last = path.at(-1);
    if (last === undefined) return refuse('path', 'expected at least one name, got none');
    const parsed = parsedJson(value);
    if (parsed === undefined) return refuse('value', `expected JSON, got ${JSON.stringify(value.slice(0, 80))}`);
    let place = config;
    for (const name of path.slice(0, -1)) {
      const next = (place[name] ??= emptyNested());
      if (!isNested(next))
        return refuse('path', 'expected a path of its own, got one that leads through another setting');
      place = next;
    }
    if (last in place) return refuse('path', 'expected each path once, got it again');
    place[last] = parsed;
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

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
