/** The embedded server in one process: what it is made of, and when it starts and stops. */
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../connection/openDatabase.ts';
import type { Database } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { serverOf, temporaryDataDirectory } from '../testing/dataDirectory.ts';
import { startEmbeddedPostgres } from './startEmbeddedPostgres.ts';

async function open(url: string): Promise<Database> {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

test('makes its files on first use and finds its rows on the second', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const first = await startEmbeddedPostgres({ dataDirectory });
  const database = await open(first.url);
  await database.pool.query('create table kept (value integer)');
  await database.pool.query('insert into kept values (7)');
  await database.close();
  await first.stop();
  expect(await serverOf(dataDirectory)).toBeNull();

  const second = await startEmbeddedPostgres({ dataDirectory });
  const { rows } = await (await open(second.url)).pool.query('select value from kept');
  expect(rows).toEqual([{ value: 7 }]);
  await second.stop();
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('listens on loopback only and asks for a password that only the owner can read', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const server = await startEmbeddedPostgres({ dataDirectory });
  const { pool } = await open(server.url);
  const setting = async (name: string): Promise<unknown> => (await pool.query(`show ${name}`)).rows[0];
  expect(await setting('listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
  expect(await setting('unix_socket_directories')).toEqual({ unix_socket_directories: '' });
  expect(await setting('fsync')).toEqual({ fsync: 'on' });

  const secret = path.join(dataDirectory, 'postgres', 'ritz.password');
  expect((await stat(secret)).mode & 0o777).toBe(0o600);
  const password = await readFile(secret, 'utf8');
  expect(password).toMatch(/^[0-9a-f]{64}$/);
  expect(new URL(server.url).password).toBe(password);
  await expect(openDatabase(server.url.replace(password, 'guess'))).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await server.stop();
});

test('stops when the last of several uses ends, and not before', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const [one, two] = await Promise.all([
    startEmbeddedPostgres({ dataDirectory }),
    startEmbeddedPostgres({ dataDirectory }),
  ]);
  expect(two.url).toBe(one.url);
  await one.stop();
  await one.stop();
  await (await open(two.url)).pool.query('select 1');
  await two.stop();
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('uses that end at the same instant leave no server behind', async () => {
  const dataDirectory = await temporaryDataDirectory();
  for (let round = 0; round < 5; round++) {
    const uses = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres({ dataDirectory })));
    await Promise.all(uses.map((use) => use.stop()));
    expect(await serverOf(dataDirectory)).toBeNull();
  }
});

test('a use that begins while the last one ends gets a server that stays', async () => {
  const dataDirectory = await temporaryDataDirectory();
  let current = await startEmbeddedPostgres({ dataDirectory });
  for (let round = 0; round < 5; round++) {
    const [next] = await Promise.all([startEmbeddedPostgres({ dataDirectory }), current.stop()]);
    const { pool, close } = await openDatabase(next.url);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await close();
    current = next;
  }
  await current.stop();
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('a lock file whose process number now belongs to another program is no obstacle', async () => {
  const dataDirectory = await temporaryDataDirectory();
  await (await startEmbeddedPostgres({ dataDirectory })).stop();
  const directory = path.join(dataDirectory, 'postgres');
  const lines = [String(process.pid), directory, '1700000000', '5432', '', '127.0.0.1', '  1 1', 'ready   ', ''];
  await writeFile(path.join(directory, 'postmaster.pid'), lines.join('\n'));
  const server = await startEmbeddedPostgres({ dataDirectory });
  await (await open(server.url)).pool.query('select 1');
  await server.stop();
});

test('a copy of a directory in use gets a server of its own', async () => {
  const [original, copy] = [await temporaryDataDirectory(), await temporaryDataDirectory()];
  const server = await startEmbeddedPostgres({ dataDirectory: original });
  await (await open(server.url)).pool.query('checkpoint');
  await cp(original, copy, { recursive: true });
  const other = await startEmbeddedPostgres({ dataDirectory: copy });
  expect(other.url).not.toBe(server.url);
  await (await open(other.url)).pool.query('create table only_in_the_copy ()');
  const { rows } = await (await open(server.url)).pool.query(`select to_regclass('only_in_the_copy') as found`);
  expect(rows).toEqual([{ found: null }]);
  await other.stop();
  await server.stop();
});

test('a path that cannot be a directory is named together with RITZ_DATA', async () => {
  const parent = await temporaryDataDirectory();
  const file = path.join(path.dirname(parent), 'file');
  await writeFile(file, '');
  const dataDirectory = path.join(file, 'data');
  const error = await startEmbeddedPostgres({ dataDirectory }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ code: 'DATA_DIRECTORY' });
  expect(String(error)).toContain(dataDirectory);
  expect(String(error)).toContain('RITZ_DATA');
});

test('files of another major version are refused and left alone', async () => {
  const dataDirectory = await temporaryDataDirectory();
  await (await startEmbeddedPostgres({ dataDirectory })).stop();
  const version = path.join(dataDirectory, 'postgres', 'PG_VERSION');
  await writeFile(version, '17\n');
  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY',
    message: expect.stringMatching(/written by PostgreSQL 17, and this release brings PostgreSQL 18/),
  });
  expect(await readFile(version, 'utf8')).toBe('17\n');
});
