/** Subscriptions to writes: the ids of what was written to, as it happens. */
import type { RunChanges } from '@ritz/database';

/**
 * Nothing at once, when listening has begun; then the ids written to. Not a generator: the `return` of one would wait for the
 * change that its pending `next` waits for.
 * @param visible of the ids written to those to tell; null for none. An empty set means that writes may have been missed.
 */
export async function followWrites(
  changes: RunChanges,
  visible: (written: ReadonlySet<string>) => Promise<string[] | null>,
): Promise<AsyncIterableIterator<string[]>> {
  const writes = await changes.all();
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await writes.return?.();
    return { done: true, value: undefined };
  };
  let first = true;
  const events: AsyncIterableIterator<string[]> = {
    [Symbol.asyncIterator]: () => events,
    async next() {
      if (first) {
        first = false;
        return { done: false, value: [] };
      }
      for (;;) {
        const { done, value } = await writes.next();
        if (done) return end();
        const ids = await visible(value);
        if (ids) return { done: false, value: ids };
      }
    },
    return: end,
  };
  return events;
}
