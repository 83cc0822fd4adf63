/** The two ways repositories talk to the server: single statements, and several that hold together or not at all. */
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
