/** Groups by free-form settings, and by everything but the seed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun } from '../testing/examples.ts';
import type { RunGroupKey } from './groups.ts';
import * as runs from './index.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
  const config = (lr: unknown, seed: number) => ({ lr, seed, nested: { depth: 2 } }) as never;
  for (const [at, lr] of [0.1, 0.1, 0.1, 0.01, '0.1', null].entries()) {
    await runs.create(
      database,
      exampleRun({ name: `run ${at}`, seed: at, config: config(lr, at), tags: [`at ${at}`] }),
    );
  }
  await runs.create(database, exampleRun({ config: {}, engine: null }));
});
afterAll(() => fixture.stop());

const grouped = async (by: RunGroupKey[], paths: string[] = []) =>
  (await runs.groups(database, by, {}, paths)).map(({ values, count }) => [...values, count]);

test('by a setting: numbers and text are different values, and null stands for runs without it', async () => {
  expect(await grouped([], ['lr'])).toEqual([
    [0.1, 3],
    [null, 2],
    ['0.1', 1],
    [0.01, 1],
  ]);
  expect(await grouped(['ENGINE'], ['nested.depth'])).toEqual([
    ['onnx-cpu', 2, 6],
    [null, null, 1],
  ]);
});

test('by everything but the seed: repetitions, whatever they are called', async () => {
  const counts = (await runs.groups(database, ['ALL_BUT_SEED'])).map(({ count, values }) => [count, values.length]);
  expect(counts).toEqual([
    [3, 1],
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  const [{ values: [common] = [] } = {}] = await runs.groups(database, ['ALL_BUT_SEED']);
  expect(common).toMatchObject({ architecture: '784-20-10', config: { lr: 0.1, nested: { depth: 2 } } });
  expect(common).not.toHaveProperty('seed');
  expect(common).not.toHaveProperty('config.seed');
  expect(common).not.toHaveProperty('name');
});

test('by the seed, which a fixed number of groups may have', async () => {
  expect(await grouped(['SEED'])).toHaveLength(7);
  await expect(grouped([])).rejects.toMatchObject({ code: 'INVALID', field: ['by'] });
  await expect(grouped([], ['a..b'])).rejects.toMatchObject({ code: 'INVALID', field: ['config', '0'] });
  await expect(grouped([], Array<string>(11).fill('lr'))).rejects.toMatchObject({ code: 'INVALID', field: ['config'] });
});
