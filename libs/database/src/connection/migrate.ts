/** Brings the tables to the version of this release; any number of processes may call it at once. */
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { DatabaseError } from '../error/DatabaseError.ts';
import type { Database } from './Database.ts';
import { translate } from './translate.ts';

/** Beside `src` and `dist` alike. */
const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** 'ritz' in ASCII: the advisory lock of whoever migrates. */
const migrationLock = 0x7269747a;

/**
 * Applies the migrations that are missing, in one transaction.
 * @throws DatabaseError MIGRATION when the database was migrated by a newer release, or a migration fails.
 */
export async function migrate(database: Database): Promise<void> {
  let client;
  try {
    client = await database.pool.connect();
  } catch (error) {
    throw translate(error, database.address);
  }
  let failure: unknown;
  try {
    await client.query(`set lock_timeout = '60s'; set statement_timeout = 0`);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewer(client, database.address);
    await applyMigrations(drizzle(client), { migrationsFolder });
  } catch (error) {
    failure = error;
  } finally {
    // A connection that is thrown away takes its lock and settings with it, whatever state it was left in.
    client.release(true);
  }
  if (failure === undefined) return;
  const known = translate(failure, database.address);
  if (known.code === 'UNREACHABLE' || known.code === 'MIGRATION') throw known;
  throw new DatabaseError('MIGRATION', `The tables at ${database.address} could not be migrated: ${known.message}`, {
    cause: failure,
  });
}

async function refuseNewer(
  client: { query(text: string): Promise<{ rows: unknown[] }> },
  address: string,
): Promise<void> {
  const { rows: exists } = await client.query(`select 1 where to_regclass('drizzle.__drizzle_migrations') is not null`);
  if (exists.length === 0) return;
  const newest = Math.max(...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis));
  const { rows: newer } = await client.query(
    `select 1 from drizzle.__drizzle_migrations where created_at > ${newest} limit 1`,
  );
  if (newer.length === 0) return;
  throw new DatabaseError(
    'MIGRATION',
    `The database at ${address} was migrated by a newer release of Ritz. Update this one, or use another database.`,
  );
}
