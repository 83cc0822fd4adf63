/** runUpdated: a run as it is, now and after every change, by whatever process. */
import type { Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { requireUuid } from '../input/uuid.ts';
import type { RequestContext } from '../request/context.ts';
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
