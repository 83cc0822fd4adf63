/** The database of this machine for the length of one command: found or started, migrated, and released at the end. */
import { migrate, openDatabase, requireMigrated, resolveDatabase, type Database } from '@ritz/database';
import { choiceOf } from '@ritz/settings';

/** Gives `work` the database of DATABASE_URL or RITZ_DATA, with every right on it. */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const server = await resolveDatabase(process.env);
  try {
    const database = await openDatabase(server.url);
    try {
      if (choiceOf('RITZ_MIGRATE', process.env) === 'on') await migrate(database);
      else await requireMigrated(database);
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}
