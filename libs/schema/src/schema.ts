/** The schema: every file that declares something on the builder, then built. */
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { chargeLists } from './request/charge-lists.ts';
import './types/scalars.ts';
import './run/project.ts';
import './run/create-project.ts';
import './run/run.ts';
import './run/runs-query.ts';
import './run/run-groups.ts';
import './spectrum/spectrum.ts';
import './spectrum/spectra-query.ts';
import './spectrum/delete-spectrum.ts';
import './spectrum/statistics.ts';
import './spectrum/gradient-energy.ts';
import './compare/compare-query.ts';
import './run/create-run.ts';
import './run/log-steps.ts';
import './spectrum/record-spectrum.ts';
import './spectrum/record-spectra.ts';
import './run/finish-run.ts';
import './run/edit-runs.ts';
import './run/run-updated.ts';
import './spectrum/engines.ts';
import './storage/storage.ts';
import './queue/spectrum-job.ts';
import './queue/queue-query.ts';
import './queue/request-spectrum.ts';
import './queue/change-job.ts';
import './queue/jobs-updated.ts';
import './access/access.ts';
import './access/tokens.ts';

/** The executable schema. Execute it with a fresh context for each request (see createContext). */
export const schema: GraphQLSchema = chargeLists(builder.toSchema());

/** The schema in GraphQL's own language, sorted by name, ending with a newline: the text of `schema.graphql`. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
