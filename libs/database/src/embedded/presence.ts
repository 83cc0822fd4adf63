/**
 * Who uses the embedded server. Each process holds one connection with a shared advisory lock; the last one to leave is
 * the one that gets the lock exclusively, and stops the server. PostgreSQL drops the lock of a process that is killed,
 * so there is no list that could go stale.
 */
import { Client } from 'pg';
import { DatabaseError } from '../error/DatabaseError.ts';
import { translate } from '../connection/translate.ts';
import { superuser } from './cluster.ts';

/** 'ritp' and 'ritd' in ASCII: the locks of whoever uses the server, and of whoever makes its database. */
const presenceLock = 0x72697470;
const creationLock = 0x72697464;

export const databaseName = 'ritz';

export interface Presence {
  readonly port: number;
  /** Resolves when the connection ends, for whatever reason. */
  readonly ended: Promise<void>;
  /** Gives the lock up. True when nobody else uses the server, and nobody can begin to before `close`. */
  leave(): Promise<boolean>;
  close(): Promise<void>;
}

/** The server exists but does not answer: wait, it starts, recovers or stops. */
export class NotReady extends Error {
  /** True when the server said so itself. */
  readonly answered: boolean;

  constructor(answered: boolean, cause: unknown) {
    super('The server is not ready.', { cause });
    this.answered = answered;
  }
}

const notListening = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const inTransition = new Set(['57P01', '57P02', '57P03']);

/** @throws NotReady to try again; DatabaseError when trying again is of no use. */
export async function join(port: number, password: string): Promise<Presence> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    application_name: 'ritz presence',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => undefined);
  const close = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [presenceLock]);
    await ensureDatabase(client);
  } catch (error) {
    void close();
    throw explain(error, port);
  }
  const leave = async (): Promise<boolean> => {
    await client.query('select pg_advisory_unlock_shared($1)', [presenceLock]);
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [presenceLock]);
    return rows[0]?.last === true;
  };
  return { port, ended, leave, close };
}

async function ensureDatabase(client: Client): Promise<void> {
  const exists = async (): Promise<boolean> =>
    (await client.query('select 1 from pg_database where datname = $1', [databaseName])).rows.length > 0;
  if (await exists()) return;
  await client.query('select pg_advisory_lock($1)', [creationLock]);
  if (!(await exists())) await client.query(`create database ${databaseName}`);
  await client.query('select pg_advisory_unlock($1)', [creationLock]);
}

function explain(error: unknown, port: number): Error {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (inTransition.has(code)) return new NotReady(true, error);
  const message = error instanceof Error ? error.message : '';
  if (notListening.has(code) || /connection terminated|timeout expired/i.test(message))
    return new NotReady(false, error);
  if (code === '28P01') {
    return new DatabaseError(
      'DATA_DIRECTORY',
      'The embedded PostgreSQL refuses the password that is kept in its data directory. ' +
        'Restore that file, or set RITZ_DATA to another directory.',
      { cause: error },
    );
  }
  return translate(error, `127.0.0.1:${port}/postgres as ${superuser}`);
}
