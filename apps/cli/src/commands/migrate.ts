/** `ritz migrate`: migrates the tables to this release, so that servers do not need permission to. */
import { grantServing, jobs, migrate as migrateTables, openDatabase, resolveDatabase } from '@ritz/database';

export interface MigrateOptions {
  /** The PostgreSQL role of the servers. */
  readonly grant?: string;
}

/** Uses the database of DATABASE_URL or RITZ_DATA; its user must be allowed to create tables. */
export async function migrate({ grant }: MigrateOptions): Promise<void> {
  const server = await resolveDatabase(process.env);
  try {
    const database = await openDatabase(server.url);
    try {
      await migrateTables(database);
      await jobs.prepareQueues(database);
      console.log(`The tables at ${database.address} are those of this release.`);
      if (grant === undefined) return;
      await grantServing(database, grant);
      console.log(`The role ${grant} may read and write them. Serve with RITZ_MIGRATE=off and its DATABASE_URL.`);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}
