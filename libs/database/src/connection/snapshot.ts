/** Reads much, little by little, from one unchanging state of the database. */
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Database, Executor } from './Database.ts';
import { translate } from './translate.ts';

/**
 * Yields what `read` yields, on one connection that sees the database as it was at the first step. The connection is given
 * back when the reader ends, fails, or stops listening.
 */
export async function* snapshot<Item>(
  database: Database,
  read: (orm: Executor) => AsyncGenerator<Item, void>,
): AsyncGenerator<Item, void> {
  let client;
  try {
    client = await database.pool.connect();
  } catch (error) {
    throw translate(error, database.address);
  }
  let failure: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* read(drizzle(client));
  } catch (error) {
    failure = translate(error, database.address);
    throw failure;
  } finally {
    const ended =
      failure === undefined &&
      (await client.query('commit').then(
        () => true,
        () => false,
      ));
    // A connection whose transaction could not be ended is thrown away.
    client.release(!ended);
  }
}
