/** What is exported comes back the same, into another database too. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewSpectrum } from '@ritz/records';
import type { Database } from '../connection/Database.ts';
import { withAccess } from '../access/rule.ts';
import { ingest } from '../ingest/ingest.ts';
import * as runs from '../runs/index.ts';
import * as tokens from '../tokens/tokens.ts';
import * as views from '../views/views.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import { backup, restore } from './backup.ts';
import { exportLines } from './exportLines.ts';

let fixture: TestDatabase;
let copy: TestDatabase;
let database: Database;
const ids = [randomUUID(), randomUUID(), randomUUID()];
let secret: string;

beforeAll(async () => {
  [fixture, copy] = await Promise.all([testDatabase(), testDatabase()]);
  ({ database } = fixture);
  for (const [at, id] of ids.entries()) {
    const run = { v: 1, kind: 'run', ...exampleRun({ id, project: at === 2 ? 'second' : 'first' }) };
    const logged = Array.from({ length: 1500 }, (_, number) => ({
      v: 1,
      kind: 'step',
      runId: id,
      number,
      trainLoss: 1 / (number + 3),
    }));
    const measured = Array.from({ length: 60 }, (_, step) => {
      const gradientEnergy = step % 2 ? [{ gradientNorm: 1e-7, alpha: [1 / 3], beta: [] }] : null;
      return { v: 1, kind: 'spectrum', ...exampleSpectrum(id, { step, gradientEnergy, ...topSpaceAt(step) }) };
    });
    await ingest(database, [run, ...logged, ...measured]);
  }
  await runs.finish(database, ids[0] ?? '', 'failed');
  await runs.edit(database, ids[1] ?? '', { archived: true, notes: 'seen', tags: [] });
  ({ secret } = await tokens.create(database, { name: 'a machine', scope: 'write', project: 'first' }));
  await views.save(database, { name: 'sharp', address: '/?where=lambda1+%3E+50' });
});
afterAll(() => Promise.all([fixture.stop(), copy.stop()]));

/** Of every second step. */
function topSpaceAt(step: number): Partial<NewSpectrum> {
  if (step % 2 === 0) return {};
  const massByBlock = [{ block: 'layer, "2"', mass: 1 / 3 }];
  return {
    ritzVectors: [
      { index: 0, value: 1 / 7, residual: 5e-324, inverseParticipation: 0.1 + 0.2, massByBlock },
      { index: 1, value: -1e-310 },
    ],
    spaceOverlaps: [{ step: 0, k: 2, overlap: 1 / 3 }],
  };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** As a file would hold it. */
const written = (lines: readonly unknown[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

describe('exportLines', () => {
  test('is complete, of the runs asked for, and the same every time', async () => {
    const lines = await all(exportLines(database, [ids[0] ?? '', randomUUID(), 'nonsense']));
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'step')).toHaveLength(1500);
    expect(kinds.filter((kind) => kind === 'spectrum')).toHaveLength(60);
    expect([kinds[0], kinds.at(-1)]).toEqual(['run', 'finish']);
    expect(written(await all(exportLines(database, [ids[0] ?? ''])))).toBe(written(lines));
  });

  test('sent back in, it changes nothing', async () => {
    const lines = await all(exportLines(database));
    const results = await ingest(
      database,
      lines.map((line) => JSON.stringify(line)),
    );
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['UNCHANGED']));
  });

  test('shows nothing of other projects', async () => {
    const { projectId } = await runs.get(database, ids[2] ?? '');
    const seen = withAccess(database, { scope: 'read', project: { id: projectId, name: 'second' } });
    const runsSeen = (await all(exportLines(seen))).filter(({ kind }) => kind === 'run');
    expect(runsSeen.map((line) => line['id'])).toEqual([ids[2]]);
    expect(() => backup(seen)).toThrow(/admin/);
  });

  test('gives its connection back when the reader leaves early', async () => {
    for (let round = 0; round < 30; round++) {
      for await (const line of exportLines(database)) if (line.kind === 'step') break;
    }
    expect(database.pool.totalCount - database.pool.idleCount).toBe(0);
  });
});

describe('backup and restore', () => {
  test('make the same database again, tokens and saved views included', async () => {
    const lines = await all(backup(database));
    expect(written(lines)).not.toContain(secret);
    const parsed = lines.map((line): unknown => JSON.parse(JSON.stringify(line)));
    for (let start = 0; start < parsed.length; start += 500) {
      const results = await restore(copy.database, parsed.slice(start, start + 500));
      expect(results.filter(({ status }) => status === 'REFUSED')).toEqual([]);
    }
    expect(written(await all(backup(copy.database)))).toBe(written(lines));
    expect(await tokens.recognise(copy.database, secret)).toMatchObject({ scope: 'write', project: { name: 'first' } });
    expect(await views.list(copy.database)).toEqual(await views.list(database));
    await restore(copy.database, parsed.slice(0, 10));
  });
});
