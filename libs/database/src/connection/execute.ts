/** The ways repositories talk to the server: single statements, and several that hold together or not at all. */
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PoolClient } from 'pg';
import type { Database, Executor } from './Database.ts';
import { translate } from './translate.ts';

export async function query<Result>(database: Database, work: (orm: Executor) => Promise<Result>): Promise<Result> {
  try {
    return await work(database.orm);
  } catch (error) {
    throw translate(error, database.address);
  }
}

/** All of `work` is committed when it resolves; none of it when it throws. */
export async function transaction<Result>(
  database: Database,
  work: (orm: Executor) => Promise<Result>,
): Promise<Result> {
  return query(database, (orm) => orm.transaction(work));
}

/** As `transaction`, for work that other libraries take part in by the connection itself. */
export async function clientTransaction<Result>(
  database: Database,
  work: (orm: Executor, client: PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: PoolClient;
  try {
    client = await database.pool.connect();
  } catch (error) {
    throw translate(error, database.address);
  }
  let broken = true;
  try {
    await client.query('begin');
    const result = await work(drizzle(client), client);
    await client.query('commit');
    broken = false;
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw translate(error, database.address);
  } finally {
    // A connection whose transaction could not be ended is thrown away.
    client.release(broken);
  }
}
