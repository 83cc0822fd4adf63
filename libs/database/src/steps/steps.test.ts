/** Steps: each number written once, in bulk, and read back exactly. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import * as runs from '../runs/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun } from '../testing/examples.ts';
import * as steps from './index.ts';
import type { NewStep } from '@ritz/records';

let fixture: TestDatabase;
let database: Database;
let runId: string;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
});
beforeEach(async () => {
  ({ id: runId } = (await runs.create(database, exampleRun())).run);
});
afterAll(() => fixture.stop());

const log = (...logged: NewStep[]) => steps.log(database, { runId, steps: logged });

describe('log', () => {
  test('stores every number exactly and answers in the order given', async () => {
    const full = {
      id: randomUUID(),
      number: 20,
      epoch: 0.1 + 0.2,
      trainLoss: 5e-324,
      trainAccuracy: 1,
      testLoss: 1.7976931348623157e308,
      testAccuracy: 0,
      learningRate: 1e-3,
      gradientNorm: 123456789.12345679,
      sharpness: 1 / 3,
      sharpnessError: 0,
      preconditionedSharpness: 38e3 + 1 / 7,
      preconditionedSharpnessError: 5e-324,
      gradientCurvature: -1 / 3,
      updateCurvature: -5e-324,
    };
    const [later, earlier] = await log(full, { number: 3 });
    expect(later).toEqual({ ...full, runId });
    expect(earlier).toMatchObject({ number: 3, epoch: null, trainLoss: null, gradientNorm: null });
    expect(await log()).toEqual([]);
  });

  test('the same again changes nothing; what was not measured may be filled in later', async () => {
    const [first] = await log({ number: 1, trainLoss: 0.5 });
    expect(await log({ number: 1, trainLoss: 0.5 }, { number: 1, trainLoss: null })).toEqual([first, first]);
    const [filled] = await log({ number: 1, testLoss: 0.7 });
    expect(filled).toEqual({ ...first, testLoss: 0.7 });
    expect(await log({ number: 1, trainLoss: 0.5, testLoss: 0.7 })).toEqual([filled]);
  });

  test('another value is refused with step and field, and nothing of that request is kept', async () => {
    await log({ number: 1, trainLoss: 0.5 }, { number: 2, trainLoss: 0.25 });
    const refused = log({ number: 3, trainLoss: 0.1 }, { number: 2, trainLoss: 0.3 });
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', field: ['steps', '1', 'trainLoss'] });
    await expect(refused).rejects.toThrow(/trainLoss: expected 0\.25, which is stored for step 2/);
    expect(await steps.history(database, runId)).toMatchObject({ number: [1, 2], trainLoss: [0.5, 0.25] });
  });

  test('one request may not contradict itself, but may say a step in parts', async () => {
    const [one, two] = await log({ number: 1, trainLoss: 1 }, { number: 1, testLoss: 2 });
    expect(one).toMatchObject({ trainLoss: 1, testLoss: 2 });
    expect(two).toEqual(one);
    await expect(log({ number: 2, trainLoss: 1 }, { number: 2, trainLoss: 2 })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: ['steps', '1', 'trainLoss'],
    });
  });

  test('an id belongs to one step', async () => {
    const id = randomUUID();
    await log({ id, number: 1 });
    await expect(log({ id: randomUUID(), number: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(log({ id, number: 2 })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test.each<[string, Partial<NewStep>, string]>([
    ['trainLoss', { trainLoss: Number.NaN }, 'NON_FINITE'],
    ['gradientNorm', { gradientNorm: Number.NEGATIVE_INFINITY }, 'NON_FINITE'],
    ['sharpnessError', { sharpnessError: -1 }, 'INVALID'],
    ['number', { number: -1 }, 'INVALID'],
    ['number', { number: 1.5 }, 'INVALID'],
    ['number', { number: 2 ** 31 }, 'INVALID'],
    ['id', { id: 'step-1' }, 'INVALID'],
  ])('refuses a bad %s', async (field, changes, code) => {
    await expect(log({ number: 1 }, { number: 2, ...changes })).rejects.toMatchObject({
      code,
      field: ['steps', '1', field],
    });
    expect((await steps.history(database, runId)).number).toEqual([]);
  });

  test.each([randomUUID(), 'nonsense'])('refuses the unknown run %s', async (unknown) => {
    await expect(steps.log(database, { runId: unknown, steps: [{ number: 1 }] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      field: ['runId'],
    });
  });

  test('thousands at once, from several clients in any order', async () => {
    const all = Array.from({ length: 5000 }, (_, number) => ({ number, trainLoss: 1 / (number + 1) }));
    const results = await Promise.all([log(...all), log(...[...all].reverse())]);
    for (const result of results) expect(result).toHaveLength(5000);
    const { number, trainLoss } = await steps.history(database, runId);
    expect(number).toEqual(all.map((step) => step.number));
    expect(trainLoss).toEqual(all.map((step) => step.trainLoss));
  });
});

describe('find', () => {
  test('byIds and byNumbers answer in order, with null for what there is not', async () => {
    const [one, two] = await log({ number: 1 }, { number: 2 });
    const { run: other } = await runs.create(database, exampleRun());
    const [elsewhere] = await steps.log(database, { runId: other.id, steps: [{ number: 2 }] });
    expect(await steps.byIds(database, [two?.id ?? '', 'nonsense', one?.id ?? ''])).toEqual([two, null, one]);
    const keys = [
      { runId: other.id, number: 2 },
      { runId, number: 3 },
      { runId: runId.toUpperCase(), number: 1 },
      { runId: other.id, number: 1 },
      { runId: 'nonsense', number: 1 },
      { runId, number: 2 ** 40 },
      { runId, number: 2 },
    ];
    expect(await steps.byNumbers(database, keys)).toEqual([elsewhere, null, one, null, null, null, two]);
    expect(await steps.byNumbers(database, [{ runId: 'nonsense', number: 1 }])).toEqual([null]);
  });

  test('list pages through a run in ascending order', async () => {
    await log(...[5, 1, 4, 2, 3].map((number) => ({ number })));
    const first = await steps.list(database, runId, { first: 2 });
    expect(first).toMatchObject({ totalCount: 5, hasNextPage: true, hasPreviousPage: false });
    const rest = await steps.list(database, runId, { after: first.cursors.at(-1) ?? null });
    expect(rest).toMatchObject({ totalCount: 5, hasNextPage: false, hasPreviousPage: true });
    expect([...first.items, ...rest.items].map((step) => step.number)).toEqual([1, 2, 3, 4, 5]);
    await expect(steps.list(database, runId, { after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(steps.list(database, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('histories answers in the order of the runs, with empty columns where nothing was logged', async () => {
    await log({ number: 2, epoch: 1 }, { number: 1, testLoss: 3 });
    const [none, mine] = await steps.histories(database, [randomUUID(), runId], ['epoch', 'testLoss']);
    expect(none).toEqual({ number: [], epoch: [], testLoss: [] });
    expect(mine).toMatchObject({ number: [1, 2], epoch: [null, 1], testLoss: [3, null] });
  });
});
