/** The settings of a run by name: "batchNorm", "schedule.initial", "config.augment.flip". */
import { constantOf, type Json } from '@ritz/records';

/** Whose words read as the constants of the schema. */
const closedChoices: ReadonlySet<string> = new Set(['batchNorm', 'normalisation', 'status', 'schedule.kind']);

/** Objects are entered, lists are one value, and what is not known is left out. */
export function namedSettings(values: Readonly<Record<string, unknown>>): Map<string, Json> {
  return new Map(Object.entries(values).flatMap(([name, value]) => flat(value, name)));
}

function flat(value: unknown, name: string): [string, Json][] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => flat(inner, `${name}.${key}`));
  }
  return [[name, closedChoices.has(name) ? constantOf(String(value)) : (value as Json)]];
}
