/** A fresh, real, migrated database for a test file, and its end. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database, OpenOptions } from './connection/Database.ts';
import { migrate } from './connection/migrate.ts';
import { openDatabase } from './connection/openDatabase.ts';
import { startEmbeddedPostgres } from './embedded/startEmbeddedPostgres.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly url: string;
  /** Closes the database, stops the server and removes its files. */
  stop(): Promise<void>;
}

/** Takes about a second: once per file, in `beforeAll`, with `stop` in `afterAll`. */
export async function testDatabase(options: OpenOptions = {}): Promise<TestDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'ritz-database-'));
  // A server that root runs as another user must be able to enter.
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({ dataDirectory: directory });
  const database = await openDatabase(server.url, options);
  await migrate(database);
  return {
    database,
    url: server.url,
    async stop() {
      await database.close();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
