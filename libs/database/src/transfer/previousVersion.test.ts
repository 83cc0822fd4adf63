/** What the version before wrote, as a backup and as its tables, reads the same here (tools/fixtures/database/make.mjs). */
import { readFile, mkdtemp, mkdir, copyFile, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import { migrate } from '../connection/migrate.ts';
import { openDatabase } from '../connection/openDatabase.ts';
import { ingest } from '../ingest/ingest.ts';
import * as jobs from '../jobs/index.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import { measurementDigest } from '../spectra/measurement.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import * as tokens from '../tokens/tokens.ts';
import { backup, restore } from './backup.ts';

const fixtures = path.join(import.meta.dirname, '../../../../tools/fixtures/database');
const migrations = path.join(import.meta.dirname, '../../migrations');
/** The migrations that the version before had. */
const migrationsBefore = 4;

let server: TestDatabase;
let lines: unknown[];

beforeAll(async () => {
  server = await testDatabase();
  const text = await readFile(path.join(fixtures, 'version-1.backup.jsonl'), 'utf8');
  lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
});
afterAll(() => server.stop());

async function withDatabase(name: string, work: (database: Database) => Promise<void>): Promise<void> {
  await server.database.pool.query(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.href);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** As the version before left it: its migrations, and its rows. */
async function fillAsBefore(database: Database): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ritz-migrations-'));
  try {
    const journal = JSON.parse(await readFile(path.join(migrations, 'meta/_journal.json'), 'utf8')) as {
      entries: { tag: string }[];
    };
    const entries = journal.entries.slice(0, migrationsBefore);
    await mkdir(path.join(folder, 'meta'));
    await writeFile(path.join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) await copyFile(path.join(migrations, `${tag}.sql`), path.join(folder, `${tag}.sql`));
    await applyMigrations(drizzle(database.pool), { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const tables = JSON.parse(await readFile(path.join(fixtures, 'version-1.tables.json'), 'utf8')) as Readonly<
    Record<string, unknown[]>
  >;
  for (const [table, rows] of Object.entries(tables)) {
    const values = JSON.stringify(rows);
    await database.pool.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
      values,
    ]);
  }
}

async function expectAllOfIt(database: Database): Promise<void> {
  const { items } = await runs.list(database);
  const byName = [...items].sort((a, b) => a.name.localeCompare(b.name));
  expect(byName.map(({ status }) => status)).toEqual(['finished', 'failed', 'interrupted', 'running']);
  expect(byName.map(({ batchNorm }) => batchNorm)).toEqual(['none', 'minibatch', 'population', 'running']);
  expect(byName.map(({ schedule }) => schedule.kind)).toEqual(['constant', 'step', 'cosine', 'warmup-cosine']);
  // Free-form settings stay as they were sent.
  expect(byName[0]?.config).toMatchObject({ spectra: { operator: 'HESSIAN' } });
  const [first] = await spectra.byRuns(database, [byName[0]?.id ?? '']);
  expect(first).toMatchObject([
    {
      operator: 'hessian',
      probeLaw: 'sphere',
      reorthogonalisation: 'full',
      precision: 'float64',
      lossReduction: 'mean',
    },
    {
      operator: 'ggn',
      probeLaw: 'rademacher',
      reorthogonalisation: 'none',
      precision: 'float32',
      lossReduction: 'sum',
    },
  ]);
  expect((await runs.list(database, { filter: { scheduleKind: ['warmup-cosine'] } })).totalCount).toBe(1);
  expect((await tokens.list(database)).map(({ scope }) => scope)).toEqual(['read', 'write', 'admin']);
  // Its own lines, in its own spelling, are what is stored.
  const repeated = await ingest(
    database,
    lines.filter((line) => !['project', 'experiment', 'token'].includes(Object(line).kind)),
  );
  expect(new Set(repeated.map(({ status }) => status))).toEqual(new Set(['UNCHANGED']));
  // Migrations keep the digest of a measurement as the code computes it.
  const { rows } = await drizzle(database.pool).execute(
    sql`select count(*)::int as stale from spectrum where measurement <> ${measurementDigest()}`,
  );
  expect(rows).toEqual([{ stale: 0 }]);
}

async function backupOf(database: Database): Promise<string> {
  const found: string[] = [];
  for await (const line of backup(database)) found.push(JSON.stringify(line));
  return found.join('\n');
}

describe('the version before', () => {
  test('left tables that migrate, and a backup of the same content', async () => {
    let migrated = '';
    await withDatabase('migrated', async (database) => {
      await fillAsBefore(database);
      await migrate(database);
      await expectAllOfIt(database);
      const { items } = await jobs.list(database);
      const requests = [...items].sort((a, b) => a.stepNumber - b.stepNumber).map(({ request }) => request);
      expect(requests).toMatchObject([
        { operator: 'hessian', probeLaw: 'sphere', precision: 'float32', source: { kind: 'checkpoint' } },
        { operator: 'ggn', source: { kind: 'onnx', loss: 'cross-entropy', batchNorm: 'minibatch' } },
        { precision: 'float32', source: { loss: 'binary-cross-entropy', batchNorm: 'running' } },
        { probeLaw: 'rademacher', source: { loss: 'mean-squared-error', batchNorm: null } },
      ]);
      expect(items.map(({ status }) => status)).toContain('cancelled');
      migrated = await backupOf(database);
    });
    await withDatabase('restored', async (database) => {
      await migrate(database);
      const results = await restore(database, lines);
      expect(results.filter(({ status }) => status !== 'CREATED' && status !== 'UPDATED')).toEqual([]);
      await expectAllOfIt(database);
      expect(await backupOf(database)).toBe(migrated);
    });
  });
});
