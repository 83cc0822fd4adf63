/** The schema: every file that declares something on the builder, then built. */
import { specifiedDirectives, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { chargeLists } from './request/chargeLists.ts';
import { schemaText } from './schemaText.ts';
import { semanticNonNull } from './types/semanticNonNull.ts';
import './types/scalars.ts';
import './run/project.ts';
import './run/createProject.ts';
import './run/run.ts';
import './run/runValues.ts';
import './run/stability.ts';
import './run/runsQuery.ts';
import './run/branches.ts';
import './run/blockStatistics.ts';
import './run/topSpaceOverlaps.ts';
import './run/runGroups.ts';
import './spectrum/spectrum.ts';
import './spectrum/spectraQuery.ts';
import './spectrum/deleteSpectrum.ts';
import './spectrum/statistics.ts';
import './spectrum/convergence.ts';
import './spectrum/gradientEnergy.ts';
import './spectrum/topSpace.ts';
import './compare/compareQuery.ts';
import './compare/blockComparison.ts';
import './run/createRun.ts';
import './run/logSteps.ts';
import './spectrum/recordSpectrum.ts';
import './spectrum/recordSpectra.ts';
import './run/finishRun.ts';
import './run/rewindRun.ts';
import './run/editRuns.ts';
import './run/runUpdated.ts';
import './spectrum/engines.ts';
import './reports/reports.ts';
import './storage/storage.ts';
import './queue/spectrumJob.ts';
import './queue/queueQuery.ts';
import './queue/requestSpectrum.ts';
import './queue/changeJob.ts';
import './queue/jobsUpdated.ts';
import './access/access.ts';
import './access/tokens.ts';
import './access/views.ts';

/** The executable schema. Execute it with a fresh context for each request (see createContext). */
export const schema: GraphQLSchema = chargeLists(
  builder.toSchema({ directives: [...specifiedDirectives, semanticNonNull] }),
);

/** The text of `schema.graphql`. */
export function printedSchema(): string {
  return schemaText(schema);
}
