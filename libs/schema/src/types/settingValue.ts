/** One value of a setting with its type, as it is read and as it is sent. */
import { DatabaseError } from '@ritz/database';
import type { Json } from '@ritz/records';
import { builder } from '../builder.ts';

const about = {
  text: 'Some text.',
  number: 'A number.',
  boolean: 'A boolean.',
  json: 'The value as JSON, whatever its type: `0.9`, `true`, `"adam"`, `[1, 2]`, `null`.',
};

export interface SettingValueShape {
  readonly value: Json;
}

export const SettingValue = builder.objectRef<SettingValueShape>('SettingValue').implement({
  description:
    'A value with its type: one of `text`, `number` and `boolean`, or none of them for a list, an empty object and null, which ' +
    '`json` has.',
  fields: (t) => ({
    text: t.string({
      nullable: true,
      description: `${about.text.slice(0, -1)}; null for other types.`,
      resolve: ({ value }) => (typeof value === 'string' ? value : null),
    }),
    number: t.float({
      nullable: true,
      description: `${about.number.slice(0, -1)}; null for other types.`,
      resolve: ({ value }) => (typeof value === 'number' ? value : null),
    }),
    boolean: t.boolean({
      nullable: true,
      description: `${about.boolean.slice(0, -1)}; null for other types.`,
      resolve: ({ value }) => (typeof value === 'boolean' ? value : null),
    }),
    json: t.string({ description: about.json, resolve: ({ value }) => JSON.stringify(value) }),
    shown: t.string({
      description: 'The value as it is shown to people: a text as it is, anything else as JSON.',
      resolve: ({ value }) => shownValue(value),
    }),
  }),
});

export function shownValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const SettingValueInput = builder.inputType('SettingValueInput', {
  description: 'A value of one type.',
  isOneOf: true,
  fields: (t) => ({
    text: t.string({ description: about.text }),
    number: t.float({ description: about.number }),
    boolean: t.boolean({ description: about.boolean }),
    json: t.string({ description: about.json }),
  }),
});

/** @throws DatabaseError INVALID for text that is not JSON. */
export function valueOf(given: typeof SettingValueInput.$inferInput, field: readonly string[]): Json {
  const { text, number, boolean, json } = given;
  return typeof json === 'string' ? parsedJson(json, [...field, 'json']) : (text ?? number ?? boolean ?? null);
}

/** @throws DatabaseError INVALID. */
export function parsedJson(text: string, field: readonly string[]): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new DatabaseError('INVALID', `${field.join('.')}: expected JSON, got ${JSON.stringify(text.slice(0, 80))}.`, {
      field,
    });
  }
}
