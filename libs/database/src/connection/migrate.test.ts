/** Migrations: from nothing, by several at once, again, and against a newer database. */
import { readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/startEmbeddedPostgres.ts';
import * as schema from '../schema/index.ts';
import * as runs from '../runs/index.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from './Database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './openDatabase.ts';

let directory: string;
let server: EmbeddedPostgres;
let admin: Database;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ritz-migrate-'));
  server = await startEmbeddedPostgres({ dataDirectory: directory });
  admin = await openDatabase(server.url);
});
afterAll(async () => {
  await admin.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function emptyDatabase(name: string): Promise<string> {
  await admin.pool.query(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function tables(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  return rows.map((row) => row.name);
}

async function applied(database: Database): Promise<unknown> {
  return (await database.pool.query('select hash from drizzle.__drizzle_migrations order by id')).rows;
}

test('an empty database gets every table, and a second time changes nothing', async () => {
  const database = await openDatabase(await emptyDatabase('fresh'));
  await migrate(database);
  expect(await tables(database)).toEqual([
    'experiment',
    'gradient_energy',
    'overlap',
    'probe',
    'project',
    'report',
    'run',
    'saved_view',
    'spectrum',
    'spectrum_deletion',
    'spectrum_job',
    'spectrum_part',
    'spectrum_summary',
    'step',
    'token',
    'top_space',
    'worker',
  ]);
  const before = await applied(database);
  await migrate(database);
  expect(await applied(database)).toEqual(before);
  expect((await runs.list(database)).totalCount).toBe(0);
  await database.close();
});

test('several that migrate at once apply each migration once', async () => {
  const url = await emptyDatabase('contested');
  const databases = await Promise.all([1, 2, 3, 4].map(() => openDatabase(url)));
  await Promise.all(databases.map((database) => migrate(database)));
  const [database] = databases;
  if (database === undefined) throw new Error('No database.');
  const journal: unknown = JSON.parse(await readFile(migrationFile('meta/_journal.json'), 'utf8'));
  expect(await applied(database)).toHaveLength(Object(journal).entries.length);
  await Promise.all(databases.map((one) => one.close()));
});

test('a database of a newer release is left alone', async () => {
  const database = await openDatabase(await emptyDatabase('newer'));
  await migrate(database);
  await database.pool.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.now() + 1e12})`,
  );
  await expect(migrate(database)).rejects.toMatchObject({
    code: 'MIGRATION',
    message: expect.stringMatching(/newer release/),
  });
  await database.close();
});

test('a user without the right to make tables is told so', async () => {
  const url = new URL(await emptyDatabase('guarded'));
  await admin.pool.query(`create role reader login password 'reader'`);
  url.username = 'reader';
  url.password = 'reader';
  const database = await openDatabase(url.href);
  await expect(migrate(database)).rejects.toMatchObject({
    code: 'MIGRATION',
    message: expect.stringMatching(/guarded as reader.*permission denied/),
  });
  await database.close();
});

test('the committed migrations make the schema of the code', async () => {
  const journal: unknown = JSON.parse(await readFile(migrationFile('meta/_journal.json'), 'utf8'));
  const last = String(Object(journal).entries.length - 1).padStart(4, '0');
  const committed = JSON.parse(await readFile(migrationFile(`meta/${last}_snapshot.json`), 'utf8'));
  expect(await generateMigration(committed, generateDrizzleJson(schema))).toEqual([]);
});

function migrationFile(name: string): string {
  return path.join(import.meta.dirname, '../../migrations', name);
}
