/** runUpdated, runsUpdated: a run as it is, or which runs were written to, after every change by whatever process. */
import { fullAccess, runs, withAccess, type Database, type Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { requireUuid } from '../input/uuid.ts';
import type { RequestContext } from '../request/context.ts';
import { followWrites } from '../request/followWrites.ts';
import { Run } from '../types/refs.ts';

/**
 * The run now and after each change; ends when it is deleted. Reads the run again each time, with fresh loaders. Not a
 * generator: the `return` of one would wait for the change that its pending `next` waits for.
 */
async function updatesOf(id: string, context: RequestContext): Promise<AsyncIterableIterator<RunRow>> {
  const changes = await context.database.changes.of(id);
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await changes.return?.();
    return { done: true, value: undefined };
  };
  let first = true;
  const updates: AsyncIterableIterator<RunRow> = {
    [Symbol.asyncIterator]: () => updates,
    async next() {
      if (!first && (await changes.next()).done) return end();
      first = false;
      context.renew();
      const run = await context.loaders.run.load(id);
      return run ? { done: false, value: run } : end();
    },
    return: end,
  };
  return updates;
}

builder.subscriptionField('runUpdated', (t) =>
  t.field({
    type: Run,
    description:
      'The run as it is at once, and again after every change of it, its steps or its spectra, whatever process made it; ' +
      'quick changes are told together. Ends when the run is deleted; empty if there is no such run.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the run.' }) },
    subscribe: (_root, { id }, context) => updatesOf(requireUuid('id', id), context),
    resolve: (run) => run,
  }),
);

/**
 * Of the runs written to, those that the caller sees and asked for; null when none of them is. Deleted ones are nobody's.
 * @param project name of the only project of interest.
 */
async function visible(
  database: Database,
  written: ReadonlySet<string>,
  project: string | null,
): Promise<string[] | null> {
  const ids = [...written];
  if ((database.access.project === null && project === null) || ids.length === 0) return ids;
  const seen = (await runs.byIds(database, ids)).flatMap((run) =>
    run && (project === null || run.projectName === project) ? run.id : [],
  );
  if (seen.length > 0) return seen;
  const stored = await runs.byIds(withAccess(database, fullAccess), ids);
  return stored.every((run) => run !== null) ? null : [];
}

builder.subscriptionField('runsUpdated', (t) =>
  t.field({
    type: ['ID'],
    description:
      'UUIDs of the runs that were written to since the event before, whatever process did it: created, changed, or given a ' +
      'step or a spectrum; quick writes are told together. Empty at once, when listening has begun; empty again where writes ' +
      'may have been missed or a run was deleted: then ask for all that is shown.',
    args: { project: t.arg.string({ description: 'Only runs of the project of this name.' }) },
    subscribe: (_root, { project }, { database }) =>
      followWrites(database.changes, (written) => visible(database, written, project ?? null)),
    resolve: (ids) => ids,
  }),
);
