/** A row by its natural key, created when there is none: whoever comes second finds what the first one made. */

interface Identity {
  readonly id: string;
}

/**
 * @param find selects by the key.
 * @param create inserts unless the key exists (`on conflict do nothing`) and returns what it inserted.
 */
export async function findOrCreate(
  find: () => PromiseLike<Identity[]>,
  create: () => PromiseLike<Identity[]>,
): Promise<string> {
  // The insert waits for a rival's transaction; if that one is rolled back or its row removed, the next round creates it.
  for (let round = 0; round < 10; round++) {
    const row = (await find())[0] ?? (await create())[0];
    if (row !== undefined) return row.id;
  }
  throw new Error('The row was created and removed by others ten times in a row.');
}
