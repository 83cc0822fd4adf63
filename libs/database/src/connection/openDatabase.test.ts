/** Opening a database, and what is said when that is not possible. */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DatabaseError } from '../error/DatabaseError.ts';
import { freePort } from '../embedded/launch.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import * as runs from '../runs/index.ts';
import { transaction } from './execute.ts';
import { migrate } from './migrate.ts';
import { describeUrl, openDatabase } from './openDatabase.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

async function failure(work: Promise<unknown>): Promise<DatabaseError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DatabaseError) return error;
  throw new Error(`Expected a DatabaseError, not ${String(error)}`);
}

function changed(change: (url: URL) => void): string {
  const url = new URL(fixture.url);
  change(url);
  return url.href;
}

test('a port where nothing listens is named, the password is not', async () => {
  const port = await freePort();
  const error = await failure(openDatabase(`postgres://me:secret@127.0.0.1:${port}/spectra`));
  expect(error.code).toBe('UNREACHABLE');
  expect(error.message).toContain(`127.0.0.1:${port}/spectra as me`);
  expect(error.message).toContain('DATABASE_URL');
  expect(error.message).not.toContain('secret');
});

test('a host that does not exist is named', async () => {
  const error = await failure(openDatabase('postgres://me:secret@no-such-host.invalid/spectra'));
  expect(error.code).toBe('UNREACHABLE');
  expect(error.message).toContain('no-such-host.invalid:5432/spectra');
  expect(error.message).toMatch(/host name/);
});

test('a server that accepts and then says nothing is given up after the time-out', async () => {
  const sockets: Socket[] = [];
  const silent: Server = createServer((socket) => sockets.push(socket));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    silent.close();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
  const error = await failure(openDatabase(`postgres://me@127.0.0.1:${port}/spectra`, { timeout: 300 }));
  expect(error).toMatchObject({ code: 'UNREACHABLE' });
  expect(error.message).toContain('no answer in time');
});

test('a refused password and an unknown database say so', async () => {
  const password = await failure(openDatabase(changed((url) => (url.password = 'guess'))));
  expect(password).toMatchObject({ code: 'UNREACHABLE' });
  expect(password.message).toMatch(/password was refused/);
  expect(password.message).not.toContain('guess');
  const name = await failure(openDatabase(changed((url) => (url.pathname = '/elsewhere'))));
  expect(name).toMatchObject({ code: 'UNREACHABLE' });
  expect(name.message).toMatch(/no such database/);
});

test.each(['', 'localhost', 'mysql://me:secret@host/db', 'postgres://me:secret@host:port/db'])(
  'something that is no PostgreSQL URL is refused without being repeated: %s',
  async (url) => {
    const error = await failure(openDatabase(url));
    expect(error).toMatchObject({ code: 'INVALID', field: ['DATABASE_URL'] });
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/secret/);
  },
);

test('the address of a URL has everything but the password', () => {
  expect(describeUrl('postgres://me:p%40ss@db.example:6543/spectra')).toBe('db.example:6543/spectra as me');
});

test('a connection that the server ends does not end the process, and the next query gets another', async () => {
  const { database } = fixture;
  const other = await openDatabase(fixture.url);
  await other.pool.query('select 1');
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await expect.poll(() => other.pool.totalCount).toBe(0);
  expect((await runs.list(other)).totalCount).toBe(0);
  await other.close();
  await other.close();
});

test('a connection that is lost in a transaction is an error of that transaction, not of the process', async () => {
  const other = await openDatabase(fixture.url);
  const work = transaction(other, async (orm) => {
    await orm.execute('select 1');
    await fixture.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    );
    // Time for the end of the connection to arrive between two statements.
    await sleep(100);
    await orm.execute('select 1');
  });
  expect((await failure(work)).code).toBe('UNREACHABLE');
  await other.close();
});

test('a server that goes away is an error of the next query, with its address', async () => {
  const gone = await testDatabase();
  const database = await openDatabase(gone.url);
  await gone.stop();
  const error = await failure(runs.list(database));
  expect(error.code).toBe('UNREACHABLE');
  expect(error.message).toContain(new URL(gone.url).host);
  await database.close();
});

test('every statement can be counted', async () => {
  const statements: string[] = [];
  const database = await openDatabase(fixture.url, { onStatement: (statement) => statements.push(statement) });
  await runs.byIds(database, ['11111111-1111-4111-8111-111111111111']);
  await database.close();
  expect(statements).toHaveLength(1);
  expect(statements[0]).toMatch(/^select .* from "run"/);
});

test('a statement that takes longer than it may is ended, and said to be', async () => {
  const database = await openDatabase(fixture.url, { statementTimeout: 50 });
  try {
    const error = await failure(transaction(database, (orm) => orm.execute('select pg_sleep(60)')));
    expect(error.code).toBe('TIMEOUT');
    await migrate(database);
  } finally {
    await database.close();
  }
});
