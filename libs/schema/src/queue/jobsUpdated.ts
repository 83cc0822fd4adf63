/** jobsUpdated: which jobs of the queue were written to, by whatever process. */
import { jobs, runs, type Database } from '@ritz/database';
import { builder } from '../builder.ts';
import { followWrites } from '../request/followWrites.ts';
import { jobId } from './jobId.ts';

/**
 * Of the jobs written to, those that the caller sees and asked for; null when none of them is.
 * @param project name of the only project of interest.
 */
async function visible(
  database: Database,
  written: ReadonlySet<string>,
  project: string | null,
): Promise<string[] | null> {
  if (written.size === 0) return [];
  const found = (await jobs.byIds(database, [...written])).filter((job) => job !== null);
  const owners =
    project === null
      ? []
      : await runs.byIds(
          database,
          found.map(({ runId }) => runId),
        );
  const seen = found.flatMap(({ id }, at) =>
    project === null || owners[at]?.projectName === project ? jobId(id) : [],
  );
  return seen.length > 0 ? seen : null;
}

builder.subscriptionField('jobsUpdated', (t) =>
  t.field({
    type: ['ID'],
    description:
      'Ids of the jobs of the queue that were written to since the event before: asked for, taken, advanced or ended; quick ' +
      'writes are told together. Empty at once, when listening has begun; empty again where writes may have been missed.',
    args: { project: t.arg.string({ description: 'Only jobs of runs of the project of this name.' }) },
    subscribe: (_root, { project }, { database }) =>
      followWrites(database.jobChanges, (written) => visible(database, written, project ?? null)),
    resolve: (ids) => ids,
  }),
);
