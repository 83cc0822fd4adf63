/**
 * What `src/generated` should hold, from the committed GraphQL schema and the documents in `src/operations`. The client throws
 * where an answer has errors, so that what is null only beside an error has no null in its types.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { minifyIntrospection, preprocessIntrospection } from '@gql.tada/internal';
import { codegen } from '@graphql-codegen/core';
import * as documentNodes from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { strictSchema } from '@ritz/testing';
import { buildASTSchema, buildSchema, GraphQLEnumType, introspectionFromSchema, parse } from 'graphql';

const packageDirectory = path.resolve(import.meta.dirname, '../..');
const schemaFile = path.resolve(packageDirectory, '../schema/schema.graphql');
const operationsDirectory = path.join(packageDirectory, 'src/operations');

const generatedFile = path.join(packageDirectory, 'src/generated/graphql.ts');

/**
 * Types of every operation's variables and result, and its text as a typed value.
 * @throws with the GraphQL message when a document does not fit the schema
 */
export async function generate(): Promise<string> {
  const names = (await readdir(operationsDirectory)).filter((name) => name.endsWith('.graphql')).sort();
  const documents = await Promise.all(
    names.map(async (name) => ({
      location: name,
      document: parse(await readFile(path.join(operationsDirectory, name), 'utf8')),
    })),
  );
  const code = await codegen({
    filename: generatedFile,
    schema: strictSchema(await readFile(schemaFile, 'utf8')),
    documents,
    config: {
      documentMode: 'string',
      useTypeImports: true,
      enumType: 'string-literal',
      immutableTypes: true,
      skipTypename: true,
      dedupeFragments: true,
      strictScalars: true,
      scalars: { ID: 'string', DateTime: 'string', SafeInt: 'number' },
    },
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations, documents: documentNodes },
  });
  return `/** Generated from schema.graphql and src/operations by \`npm run generate\`. Do not edit. */\n${code}`;
}

/** The schema as a type, from which gql.tada types documents that are not known here. */
export async function generateIntrospection(): Promise<string> {
  const schema = buildASTSchema(strictSchema(await readFile(schemaFile, 'utf8')));
  const type = preprocessIntrospection(minifyIntrospection(introspectionFromSchema(schema, { descriptions: false })));
  return `/** Generated from schema.graphql by \`npm run generate\`. Do not edit. */\nexport type introspection = ${type};\n`;
}

/** The enums whose descriptions say how people read a value: its name, a colon, its meaning. */
const named = ['CurvatureOperator', 'Precision', 'Preconditioner', 'ProbeLaw'];

/**
 * The names of their values.
 * @throws when a description does not begin with a name
 */
export async function generateNames(): Promise<string> {
  const schema = buildSchema(await readFile(schemaFile, 'utf8'));
  const tables = named.map((type) => {
    const found = schema.getType(type);
    if (!(found instanceof GraphQLEnumType)) throw new Error(`${type}: expected an enum.`);
    const lines = found.getValues().map(({ name, description }) => {
      const [, text] = /^([^:]+): /.exec(description ?? '') ?? [];
      if (text === undefined) throw new Error(`${type}.${name}: expected a description that begins with a name.`);
      return `  ${name}: ${JSON.stringify(text)},\n`;
    });
    const variable = `${type.charAt(0).toLowerCase()}${type.slice(1)}Names`;
    return `export const ${variable}: Readonly<Record<${type}, string>> = {\n${lines.join('')}};\n`;
  });
  const types = `import type { ${named.join(', ')} } from './graphql.ts';\n`;
  return `/** Generated from schema.graphql by \`npm run generate\`. Do not edit. */\n${types}\n${tables.join('\n')}`;
}
