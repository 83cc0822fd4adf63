/** Lists of runs: each filter, each ordering, and pages that fit together. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun } from '../testing/examples.ts';
import * as runs from './index.ts';
import type { NewRun } from '@ritz/records';
import type { RunFilter, RunListOptions, RunOrder } from './Run.ts';

let fixture: TestDatabase;
let database: Database;
const ids = new Map<string, string>();

const examples: readonly (Partial<NewRun> & { readonly name: string })[] = [
  { name: 'alpha', project: 'one', experiment: 'x', tags: ['a', 'b'], notes: '100% done_ok' },
  { name: 'beta', project: 'one', experiment: 'y', tags: ['b'], architecture: 'resnet-18', residual: true },
  { name: 'beta', project: 'two', experiment: 'x', tags: [], dataset: 'cifar10', batchNorm: 'minibatch' },
  { name: 'gamma', project: 'two', experiment: 'z', tags: ['a', 'c'], architecture: 'vgg-11', notes: null },
  { name: 'Delta', project: 'two', experiment: 'z', tags: ['c'], notes: 'Über die Dünen' },
];

beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
  for (const [at, changes] of examples.entries()) {
    const { run } = await runs.create(database, exampleRun(changes));
    ids.set(run.id, `${changes.name}${at}`);
  }
  const [third] = [...ids.keys()].slice(2);
  if (third !== undefined) await runs.finish(database, third, 'failed');
});
afterAll(() => fixture.stop());

const order: RunOrder = { field: 'CREATED_AT', direction: 'ASC' };

async function names(filter: RunFilter): Promise<(string | undefined)[]> {
  const { items, totalCount } = await runs.list(database, { filter, orderBy: order });
  expect(totalCount).toBe(items.length);
  return items.map((run) => ids.get(run.id));
}

describe('filters', () => {
  test.each<[RunFilter, string[]]>([
    [{}, ['alpha0', 'beta1', 'beta2', 'gamma3', 'Delta4']],
    [{ project: 'one' }, ['alpha0', 'beta1']],
    [{ project: 'nowhere' }, []],
    [{ experiment: 'x' }, ['alpha0', 'beta2']],
    [{ project: 'two', experiment: 'x' }, ['beta2']],
    [{ status: ['failed'] }, ['beta2']],
    [{ status: ['running', 'finished'] }, ['alpha0', 'beta1', 'gamma3', 'Delta4']],
    [{ status: [] }, []],
    [{ architecture: ['resnet-18', 'vgg-11'] }, ['beta1', 'gamma3']],
    [{ dataset: ['cifar10'] }, ['beta2']],
    [{ batchNorm: ['minibatch'] }, ['beta2']],
    [{ residual: true }, ['beta1']],
    [{ tags: ['a'] }, ['alpha0', 'gamma3']],
    [{ tags: ['a', 'c'] }, ['gamma3']],
    [{ tags: [] }, ['alpha0', 'beta1', 'beta2', 'gamma3', 'Delta4']],
    [{ search: 'BETA' }, ['beta1', 'beta2']],
    [{ search: 'beta resnet' }, ['beta1']],
    [{ search: '100%' }, ['alpha0']],
    [{ search: '%' }, ['alpha0']],
    [{ search: 'e_o' }, ['alpha0']],
    [{ search: 'über' }, ['Delta4']],
    [{ search: "'; drop table run; --" }, []],
    [{ ids: ['nonsense', randomUUID()] }, []],
    [{ archived: false }, ['alpha0', 'beta1', 'beta2', 'gamma3', 'Delta4']],
    [{ archived: true }, []],
    [{ optimiser: ['none such'] }, []],
    [{ scheduleKind: [] }, []],
    [{ scheduleKind: ['cosine'] }, []],
    [{ scheduleKind: ['step', 'cosine'], search: 'beta' }, ['beta1', 'beta2']],
    [{ schedule: { kind: 'step', initial: 0.1, factor: 0.1, steps: [100, 200] }, search: 'beta' }, ['beta1', 'beta2']],
    [{ schedule: { kind: 'step', initial: 0.1, factor: 0.1, steps: [100] } }, []],
    [{ createdFrom: new Date('2999-01-01') }, []],
    [{ createdBefore: new Date('2999-01-01'), search: 'beta' }, ['beta1', 'beta2']],
  ])('%o', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test('ids', async () => {
    const [first = '', , third = ''] = [...ids.keys()];
    expect(await names({ ids: [third, first.toUpperCase()] })).toEqual(['alpha0', 'beta2']);
  });
});

describe('pages', () => {
  async function walk(orderBy: RunOrder, first: number): Promise<(string | undefined)[]> {
    const seen: (string | undefined)[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof runs.list>> = await runs.list(database, { first, after, orderBy });
      expect(page.totalCount).toBe(examples.length);
      expect(page.cursors).toHaveLength(page.items.length);
      expect(page.hasPreviousPage).toBe(after !== null);
      seen.push(...page.items.map((run) => ids.get(run.id)));
      if (!page.hasNextPage) return seen;
      after = page.cursors.at(-1) ?? null;
    }
  }

  test.each([1, 2, 3, 5, 6])('of %i fit together in every ordering', async (first) => {
    const created = [...ids.values()];
    expect(await walk({ field: 'CREATED_AT', direction: 'ASC' }, first)).toEqual(created);
    expect(await walk({ field: 'CREATED_AT', direction: 'DESC' }, first)).toEqual([...created].reverse());
    const byName = await walk({ field: 'NAME', direction: 'ASC' }, first);
    expect(byName.map((name) => name?.slice(0, -1))).toEqual(['Delta', 'alpha', 'beta', 'beta', 'gamma']);
    expect(new Set(byName).size).toBe(examples.length);
    expect(await walk({ field: 'NAME', direction: 'DESC' }, first)).toEqual([...byName].reverse());
  });

  test.each(['ARCHITECTURE', 'DATASET', 'PARAMETER_COUNT', 'FINISHED_AT'] as const)(
    'by %s hold every run once, and the other way round the same',
    async (field) => {
      const up = await walk({ field, direction: 'ASC' }, 2);
      expect(new Set(up).size).toBe(examples.length);
      expect(await walk({ field, direction: 'DESC' }, 2)).toEqual([...up].reverse());
    },
  );

  test('the newest come first when nothing is said', async () => {
    const { items } = await runs.list(database);
    expect(items.map((run) => ids.get(run.id))).toEqual([...ids.values()].reverse());
  });

  test('a page goes on where the last ended although a run came in between', async () => {
    const first = await runs.list(database, { first: 2 });
    const late = exampleRun({ name: 'late' });
    await runs.create(database, late);
    const second = await runs.list(database, { first: 2, after: first.cursors.at(-1) ?? null });
    await runs.remove(database, late.id);
    expect([...first.items, ...second.items].map((run) => ids.get(run.id))).toEqual(
      [...ids.values()].reverse().slice(0, 4),
    );
  });

  test('runs created in the same millisecond are neither lost nor repeated', async () => {
    const moment = '2020-01-01T00:00:00.123Z';
    const twins = await Promise.all(
      [1, 2, 3, 4].map(async () => (await runs.create(database, exampleRun({ project: 'twins' }))).run.id),
    );
    await database.pool.query(`update run set created_at = $1 where id = any($2)`, [moment, twins]);
    const options: RunListOptions = { first: 3, filter: { project: 'twins' } };
    const first = await runs.list(database, options);
    const second = await runs.list(database, { ...options, after: first.cursors.at(-1) ?? null });
    expect([...first.items, ...second.items].map((run) => run.id).sort()).toEqual([...twins].sort());
    for (const id of twins) await runs.remove(database, id);
  });

  test.each([0, -1, 1001, 1.5, Number.NaN])('refuse a length of %s', async (first) => {
    await expect(runs.list(database, { first })).rejects.toMatchObject({ field: ['first'] });
  });

  test('refuse a cursor of another ordering, and what is no cursor', async () => {
    const { cursors } = await runs.list(database, { orderBy: order });
    const other: RunOrder = { field: 'NAME', direction: 'ASC' };
    const forged = Buffer.from(JSON.stringify(['runs CREATED_AT DESC', 'never', 'nobody'])).toString('base64url');
    for (const [after, orderBy] of [
      [cursors[0], other],
      ['nonsense', order],
      ['', order],
      [forged, null],
    ] as const) {
      await expect(runs.list(database, { after: after ?? null, orderBy })).rejects.toMatchObject({
        code: 'INVALID',
        field: ['after'],
      });
    }
  });
});
