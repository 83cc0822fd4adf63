/** jobsUpdated: which jobs of the queue were written to, by whatever process. */
import { jobs, type Database } from '@ritz/database';
import { builder } from '../builder.ts';
import { followWrites } from '../request/followWrites.ts';
import { jobId } from './jobId.ts';

/** Of the jobs written to, those that the caller sees; null when none of them is the caller's. */
async function visible(database: Database, written: ReadonlySet<string>): Promise<string[] | null> {
  if (written.size === 0) return [];
  const seen = (await jobs.byIds(database, [...written])).flatMap((job) => (job ? jobId(job.id) : []));
  return seen.length > 0 ? seen : null;
}

builder.subscriptionField('jobsUpdated', (t) =>
  t.field({
    type: ['ID'],
    description:
      'Ids of the jobs of the queue that were written to since the event before: asked for, taken, advanced or ended; quick ' +
      'writes are told together. Empty at once, when listening has begun; empty again where writes may have been missed.',
    subscribe: (_root, _arguments, { database }) =>
      followWrites(database.jobChanges, (written) => visible(database, written)),
    resolve: (ids) => ids,
  }),
);
