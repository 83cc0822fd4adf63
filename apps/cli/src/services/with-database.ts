/** The database of this machine for the length of one command: found or started, brought up to date, given back. */
import { migrate, openDatabase, resolveDatabase, type Database } from '@ritz/database';

/** Gives `work` the database of DATABASE_URL or RITZ_DATA, with every right on it. */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const server = await resolveDatabase(process.env);
  try {
    const database = await openDatabase(server.url);
    try {
      await migrate(database);
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}
