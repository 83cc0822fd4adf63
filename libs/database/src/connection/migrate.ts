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

/**
 * Reads whether the tables are of this release, for a server that may not change them.
 * @throws DatabaseError MIGRATION when they are older or newer.
 */
export async function requireMigrated({ pool, address }: Database): Promise<void> {
  let applied: number | null;
  try {
    applied = await newestApplied(pool);
  } catch (error) {
    throw translate(error, address);
  }
  if (applied === newestKnown()) return;
  throw new DatabaseError(
    'MIGRATION',
    `The tables at ${address} are of ${applied !== null && applied > newestKnown() ? 'a newer' : 'an older'} release of Ritz. ` +
      'Run `ritz migrate` of this release with a role that may create tables, or set RITZ_MIGRATE=on.',
  );
}

interface Client {
  query(text: string): Promise<{ rows: { newest: string | null }[] }>;
}

/** When the newest migration of this release was written, in milliseconds since 1970. */
function newestKnown(): number {
  return Math.max(...readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis));
}

/** The same of the newest one that was applied; `null` when none was. */
async function newestApplied(client: Client): Promise<number | null> {
  const { rows } = await client.query(`select to_regclass('drizzle.__drizzle_migrations')::text as newest`);
  if (rows[0]?.newest === null) return null;
  const { rows: applied } = await client.query(
    'select max(created_at)::text as newest from drizzle.__drizzle_migrations',
  );
  return Number(applied[0]?.newest ?? 0);
}

async function refuseNewer(client: Client, address: string): Promise<void> {
  if (((await newestApplied(client)) ?? 0) <= newestKnown()) return;
  throw new DatabaseError(
    'MIGRATION',
    `The database at ${address} was migrated by a newer release of Ritz. Update this one, or use another database.`,
  );
}
