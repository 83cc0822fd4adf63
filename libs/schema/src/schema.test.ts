import { readFileSync } from 'node:fs';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema, schema } from './schema.ts';

const own = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

function* described(type: GraphQLNamedType): Generator<[path: string, element: Described]> {
  yield [type.name, type];
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field];
      for (const argument of field.args) yield [`${type.name}.${field.name}(${argument.name})`, argument];
    }
  }
}

const elements = own.flatMap((type) => [...described(type)]);

describe('the schema', () => {
  it('is the committed schema.graphql (npm run schema:print writes it)', () => {
    expect(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
  });

  it('describes every type, field, argument and value, in a sentence', () => {
    expect(elements.length).toBeGreaterThan(250);
    const bad = elements.filter(([, { description }]) => !/^\S.{6,}[.:]$/s.test(description ?? ''));
    expect(bad.map(([path, { description }]) => `${path}: ${description ?? 'no description'}`)).toEqual([]);
  });

  it('names types in PascalCase, fields and arguments in camelCase, values in CAPITALS', () => {
    const wrong = own.flatMap((type) => {
      const names = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
      const fields =
        isObjectType(type) || isInputObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
      return [
        ...(/^[A-Z][A-Za-z]*$/.test(type.name) ? [] : [type.name]),
        ...names.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name)),
        ...fields.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name)),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('gives every mutation one required input and a payload with userErrors', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(0);
    for (const mutation of mutations) {
      const capital = mutation.name.charAt(0).toUpperCase() + mutation.name.slice(1);
      expect(mutation.args.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([`input: ${capital}Input!`]);
      expect(String(mutation.type)).toBe(`${capital}Payload!`);
      const result = schema.getType(`${capital}Payload`);
      const fields = isObjectType(result) ? result.getFields() : {};
      expect(String(fields['userErrors']?.type)).toBe('[UserError!]!');
    }
  });

  it('says what null means wherever an answer may hold one', () => {
    const silent = own.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields())
            .filter(({ extensions }) => extensions['semanticNonNull'] === undefined)
            .filter(({ type: answer }) => !/^\[*\w+!(\]!)*$/.test(String(answer)))
            .filter(({ description }) => !/null|empty if/i.test(`${type.description ?? ''} ${description ?? ''}`))
            .map((field) => `${type.name}.${field.name}: ${String(field.type)}`)
        : [],
    );
    expect(silent).toEqual([]);
  });

  it('lets each row of a list fail alone', () => {
    const rows = ['Project', 'Experiment', 'Run', 'Step', 'Spectrum', 'SpectrumJob'];
    const together = own
      .filter(isObjectType)
      .filter(({ name }) => !name.endsWith('Payload'))
      .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
      .filter(([, { type, extensions }]) => {
        const item = /^\[(\w+)/.exec(String(type))?.[1];
        return item !== undefined && rows.includes(item) && extensions['semanticNonNull'] === undefined;
      });
    expect(together.map(([place]) => place)).toEqual([]);
    expect(printedSchema()).toContain('nodes: [Run]! @semanticNonNull(levels: [1])');
  });

  it('has no opaque JSON: every scalar is one of these', () => {
    const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
    expect(scalars.map(({ name }) => name).sort()).toEqual([
      'Boolean',
      'DateTime',
      'Float',
      'ID',
      'Int',
      'SafeInt',
      'String',
    ]);
  });

  it('takes lists without holes, and says of a deprecated field what to take instead', () => {
    const inputs = own.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
    const args = own
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => Object.values(type.getFields()).flatMap((field) => field.args));
    const holes = [...inputs, ...args].filter(({ type }) => /\[\w+\]/.test(String(type)));
    expect(holes.map(({ name }) => name)).toEqual([]);
    const reasons = elements.flatMap(([, element]) =>
      'deprecationReason' in element && typeof element.deprecationReason === 'string'
        ? [element.deprecationReason]
        : [],
    );
    expect(reasons.filter((reason) => !/`\w+`/.test(reason))).toEqual([]);
  });

  it('pages every connection alike', () => {
    const connections = own.filter(({ name }) => name.endsWith('Connection'));
    expect(connections.map(({ name }) => name)).toEqual([
      'RunConnection',
      'SpectrumConnection',
      'SpectrumJobConnection',
      'StepConnection',
    ]);
    for (const connection of connections) {
      const fields = isObjectType(connection) ? Object.keys(connection.getFields()) : [];
      expect(fields.sort()).toEqual(['edges', 'nodes', 'pageInfo', 'totalCount']);
    }
  });
});
