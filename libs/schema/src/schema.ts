/** The schema: every file that declares something on the builder, then built. */
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './project.ts';
import './run.ts';
import './runs-query.ts';
import './spectrum.ts';
import './create-run.ts';
import './log-steps.ts';
import './record-spectrum.ts';
import './finish-run.ts';

/** The executable schema. Execute it with a fresh context for each request (see createContext). */
export const schema: GraphQLSchema = builder.toSchema();

/** The schema in GraphQL's own language, sorted by name, ending with a newline: the text of `schema.graphql`. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
