/** Opens a pool of connections to a PostgreSQL and makes sure that it answers. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import { fullAccess } from '../access/Access.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import type { Database, OpenOptions } from './Database.ts';
import { readDoublesFast } from './doubles.ts';
import { runChanges } from './RunChanges.ts';
import { translate } from './translate.ts';

/** `host:port/database as user`, as the driver understands `url`. Throws INVALID when it is no PostgreSQL URL. */
export function describeUrl(url: string): string {
  const refuse = (cause?: unknown): DatabaseError =>
    new DatabaseError(
      'INVALID',
      'The database URL is not one that PostgreSQL understands; expected postgres://user:password@host:port/database. ' +
        'Check DATABASE_URL (special characters in the password must be percent-encoded).',
      { field: ['DATABASE_URL'], cause },
    );
  if (!/^postgres(ql)?:\/\//.test(url)) throw refuse();
  let client: Client;
  try {
    client = new Client({ connectionString: url });
  } catch (error) {
    // The driver's own message could repeat the URL, password and all.
    throw refuse(error instanceof Error ? error.name : undefined);
  }
  return `${client.host}:${client.port}/${client.database ?? ''} as ${client.user ?? ''}`;
}

/**
 * @param url `postgres://user:password@host:port/database`
 * @throws DatabaseError UNREACHABLE naming host, port and database when no connection can be made in time; INVALID for
 *   something that is no PostgreSQL URL.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const address = describeUrl(url);
  readDoublesFast();
  const { connections = 10, timeout = 10_000, statementTimeout = 0, onStatement } = options;
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: timeout,
    ...(statementTimeout > 0 && { statement_timeout: statementTimeout }),
    keepAlive: true,
    application_name: 'ritz',
  });
  // A connection that the server drops, idle or between two statements of a transaction: the pool replaces it, and the
  // next query on it says what is wrong. Without a listener Node would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const logger = onStatement === undefined ? false : { logQuery: (statement: string) => onStatement(statement) };
  let closing: Promise<void> | undefined;
  const toDatabaseError = (error: unknown): Error => translate(error, address);
  const changes = runChanges(url, 'ritz_run', toDatabaseError);
  const jobChanges = runChanges(url, 'ritz_job', toDatabaseError);
  const close = (): Promise<void> =>
    (closing ??= Promise.all([changes.close(), jobChanges.close()]).then(() => pool.end()));
  try {
    await pool.query('select 1');
  } catch (error) {
    await close();
    throw translate(error, address);
  }
  return { orm: drizzle(pool, { logger }), pool, address, access: fullAccess, changes, jobChanges, close };
}
