/** Statistics of runs at chosen positions: as computed without SQL, sorted by, and filtered by. */
import { randomUUID } from 'node:crypto';
import { nearestPosition, positionOf, summaryVersion, type Alignment } from '@ritz/spectra';
import { constantOf, type NewSchedule } from '@ritz/records';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import * as summaries from '../summaries/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as runs from './index.ts';
import type { RunOrder } from './Run.ts';
import type { RunPosition, RunStatistic, RunValue } from './RunValue.ts';

let fixture: TestDatabase;
let database: Database;
const ids: string[] = [];

interface Measured {
  readonly step: number;
  readonly value: number | null;
}
/** Of each run, ascending by step; the last run was never measured, and the one before has no loss. */
const measured: readonly (readonly Measured[])[] = [
  [
    { step: 0, value: 5 },
    { step: 7, value: 0.1 + 0.2 },
    { step: 20, value: 9 },
    { step: 33, value: -2.5 },
  ],
  [
    { step: 0, value: 5 },
    { step: 10, value: null },
  ],
  [{ step: 3, value: 1e-310 }],
  [{ step: 12, value: 7 }],
  [],
];
const losses: readonly (readonly [number, number | null][])[] = [
  [
    [0, 4],
    [10, 2],
    [20, null],
    [30, 1],
    [40, 0.5],
  ],
  [
    [0, 3],
    [10, 1.5],
  ],
  [
    [0, 2],
    [30, 1],
  ],
  [],
  [[5, 0.25]],
];

const schedules = [
  { kind: 'step', initial: 0.1, factor: 0.1, steps: [7, 20, 60] },
  { kind: 'warmup-cosine', initial: 0.1, warmupSteps: 4, totalSteps: 40 },
  { kind: 'step', initial: 0.1, factor: 0.1, steps: [] },
  { kind: 'cosine', initial: 0.1, totalSteps: 24 },
  { kind: 'constant', initial: 0.1 },
] satisfies readonly NewSchedule[];
const scheduleOf = (at: number): NewSchedule => schedules[at] ?? { kind: 'constant', initial: 0.1 };

beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
  for (const [at, some] of measured.entries()) {
    const config = [{ lr: 0.1 }, { lr: 0.01 }, { lr: 'warm' }, { lr: 10 }, {}][at] ?? {};
    const { run } = await runs.create(
      database,
      exampleRun({ name: `run ${at}`, config, plannedSteps: 50, schedule: scheduleOf(at) }),
    );
    ids.push(run.id);
    const logged = losses[at] ?? [];
    await steps.log(database, {
      runId: run.id,
      steps: logged.map(([number, trainLoss]) => ({ number, trainLoss, epoch: number / 10 })),
    });
    for (const { step, value } of some) {
      // An older measurement of the same step and another operator, which are not to be taken.
      await record(run.id, { step, seed: 1 }, 1000);
      await record(run.id, { step, operator: 'ggn' }, -1000);
      await record(run.id, { step }, value);
    }
    // However fast they were stored.
    await database.pool.query(`update spectrum set created_at = created_at - interval '1 hour' where seed = 1`);
  }
});
afterAll(() => fixture.stop());

async function record(runId: string, changes: Parameters<typeof exampleSpectrum>[1], value: number | null) {
  const { spectrum } = await spectra.record(database, exampleSpectrum(runId, changes));
  const statistics = value === null ? {} : { lambdaMax: { value, standardError: 0.5 } };
  await summaries.store(database, [{ spectrumId: spectrum.id, revision: spectrum.revision, statistics }]);
}

const ofAll = async (statistic: Omit<RunStatistic, 'name'>): Promise<(RunValue | null)[]> =>
  (await runs.statisticsOf(database, ids, [{ name: 'lambdaMax', ...statistic }])).map(([only]) => only ?? null);

describe('summaries', () => {
  test('are stored for what they were computed from, and missing under another version', async () => {
    const { run } = await runs.create(database, exampleRun());
    const { spectrum } = await spectra.record(database, exampleSpectrum(run.id));
    const within = { runIds: [run.id] };
    const waiting = [
      { id: spectrum.id, revision: spectrum.revision, parameterCount: spectrum.parameterCount, classes: 10 },
    ];
    expect(await summaries.missing(database, 10, within)).toEqual(waiting);
    const statistics = { trace: { value: 3, standardError: null } };
    await summaries.store(database, [{ spectrumId: spectrum.id, revision: randomUUID(), statistics }]);
    expect(await summaries.bySpectra(database, [spectrum.id])).toEqual([null]);
    await summaries.store(database, [{ spectrumId: spectrum.id, revision: spectrum.revision, statistics }]);
    expect(await summaries.bySpectra(database, [randomUUID(), spectrum.id])).toEqual([null, statistics]);
    expect(await summaries.missing(database, 10, within)).toEqual([]);

    await database.pool.query(`update spectrum_summary set version = 'older' where spectrum_id = $1`, [spectrum.id]);
    expect(await summaries.bySpectra(database, [spectrum.id])).toEqual([null]);
    expect(await summaries.missing(database, 10, within)).toEqual(waiting);
    const [[value] = []] = await runs.statisticsOf(database, [run.id], [{ name: 'trace' }]);
    expect(value).toEqual({ value: null, standardError: null, step: 10 });
    await summaries.store(database, [{ spectrumId: spectrum.id, revision: spectrum.revision, statistics }]);
    const { rows } = await database.pool.query('select version from spectrum_summary where spectrum_id = $1', [
      spectrum.id,
    ]);
    expect(rows).toEqual([{ version: summaryVersion }]);
    await runs.remove(database, run.id);
  });
});

describe('statisticsOf', () => {
  test.each<[RunPosition, (number | null)[]]>([
    ['FIRST', [5, 5, 1e-310, 7]],
    ['LAST', [-2.5, null, 1e-310, 7]],
    ['MAX', [9, 5, 1e-310, 7]],
    ['MIN', [-2.5, 5, 1e-310, 7]],
  ])('%s', async (at, values) => {
    const found = await ofAll({ at });
    expect(found.map((one) => one?.value)).toEqual([...values, undefined]);
    found.forEach((one, run) => {
      const step = measured[run]?.find(({ value }) => value === one?.value)?.step;
      expect(one?.step).toBe(one === null ? undefined : step);
    });
  });

  test.each<Alignment>(['STEP', 'PROGRESS', 'EPOCH', 'LOSS', 'LR_PHASE'])(
    'the spectrum nearest by %s is that of @ritz/spectra',
    async (alignment) => {
      for (const position of [-1, 0, 0.3, 0.5, 0.65, 1, 1.5, 1.75, 2, 3, 7, 13.5, 20, 100]) {
        for (const tolerance of [null, 0.4]) {
          const found = await ofAll({ near: { alignment, position, tolerance } });
          expect(found).toEqual(measured.map((some, run) => expected(some, run, alignment, position, tolerance)));
        }
      }
    },
  );

  test('of another operator and block, several at once, unknown runs', async () => {
    const [one, two] = await runs.statisticsOf(
      database,
      [randomUUID(), ids[0] ?? ''],
      [{ name: 'lambdaMax', operator: 'ggn' }, { name: 'lambdaMax', block: 'layer' }, { name: 'trace' }],
    );
    expect(one).toEqual([null, null, null]);
    expect(two).toEqual([
      { value: -1000, standardError: 0.5, step: 33 },
      null,
      { value: null, standardError: null, step: 33 },
    ]);
    expect(await runs.measuresOf(database, ids, [{ name: 'trainLoss' }, { name: 'trainLoss', at: 'MAX' }])).toEqual(
      losses.map((some) => {
        const known = some.filter(([, loss]) => loss !== null);
        const largest = known.toSorted(([, a], [, b]) => (b ?? 0) - (a ?? 0))[0];
        return [known.at(-1), largest].map((entry) =>
          entry ? { value: entry[1], standardError: null, step: entry[0] } : null,
        );
      }),
    );
  });
});

test('a measure nearest to a moment', async () => {
  const near = { alignment: 'PROGRESS', position: 0.35 } as const;
  const found = await runs.measuresOf(database, ids.slice(0, 2), [
    { name: 'trainLoss', near },
    { name: 'trainLoss', near: { ...near, tolerance: 0.01 } },
  ]);
  expect(found).toEqual([
    [{ value: 2, standardError: null, step: 10 }, null],
    [{ value: 1.5, standardError: null, step: 10 }, null],
  ]);
});

function expected(
  some: readonly Measured[],
  at: number,
  alignment: Alignment,
  position: number,
  tolerance: number | null,
): RunValue | null {
  const logged = new Map(losses[at]);
  for (const { step } of some) if (!logged.has(step)) logged.set(step, null);
  const numbers = [...logged.keys()].sort((a, b) => a - b);
  const history = {
    number: numbers,
    trainLoss: numbers.map((number) => logged.get(number) ?? null),
    epoch: numbers.map((number) => (losses[at]?.some(([step]) => step === number) ? number / 10 : null)),
  };
  const { kind, steps: drops = null, warmupSteps = null, totalSteps = null } = scheduleOf(at);
  const place = positionOf(
    { schedule: { kind: constantOf(kind), steps: drops, warmupSteps, totalSteps }, plannedSteps: 50, history },
    alignment,
  );
  const track = some.flatMap(({ step, value }) => {
    const where = place(step);
    return where === null ? [] : [{ step, value, position: where }];
  });
  const found = nearestPosition(track, position, tolerance ?? undefined);
  return found && { value: found.value, standardError: found.value === null ? null : 0.5, step: found.step };
}

describe('list', () => {
  const nameOf = new Map<string, number>();
  beforeAll(() => ids.forEach((id, at) => nameOf.set(id, at)));

  /** All pages of two. */
  async function sorted(orderBy: RunOrder): Promise<(number | undefined)[]> {
    const found: (number | undefined)[] = [];
    for (let after: string | null = null; ;) {
      const page: Awaited<ReturnType<typeof runs.list>> = await runs.list(database, {
        first: 2,
        after,
        orderBy,
        filter: { ids },
      });
      found.push(...page.items.map(({ id }) => nameOf.get(id)));
      if (!page.hasNextPage) return found;
      after = page.cursors.at(-1) ?? null;
    }
  }
  const lambdaMax = (at: RunPosition): RunStatistic => ({ name: 'lambdaMax', at });

  test('is sorted by a statistic, page by page, runs without it last', async () => {
    expect((await sorted({ statistic: lambdaMax('LAST'), direction: 'ASC' })).slice(0, 3)).toEqual([0, 2, 3]);
    expect((await sorted({ statistic: lambdaMax('LAST'), direction: 'DESC' })).slice(0, 3)).toEqual([3, 2, 0]);
    expect((await sorted({ statistic: lambdaMax('MAX'), direction: 'DESC' })).at(0)).toBe(0);
    expect((await sorted({ statistic: lambdaMax('FIRST'), direction: 'DESC' })).at(-1)).toBe(4);
    for (const direction of ['ASC', 'DESC'] as const) {
      expect(new Set(await sorted({ statistic: lambdaMax('LAST'), direction }))).toEqual(new Set([0, 1, 2, 3, 4]));
    }
  });

  test('is sorted by a measure and by a setting', async () => {
    const by = { name: 'trainLoss', at: 'MIN' } as const;
    expect(await sorted({ measure: by, direction: 'ASC' })).toEqual([4, 0, 2, 1, 3]);
    expect(await sorted({ config: 'lr', direction: 'ASC' })).toEqual([2, 1, 0, 3, 4]);
    expect(await sorted({ config: 'lr', direction: 'DESC' })).toEqual([3, 0, 1, 2, 4]);
  });

  test('goes on behind a cursor whatever was added meanwhile', async () => {
    const orderBy: RunOrder = { statistic: lambdaMax('LAST'), direction: 'DESC' };
    const first = await runs.list(database, { first: 1, orderBy, filter: { ids } });
    const { run } = await runs.create(database, exampleRun());
    await record(run.id, { step: 1 }, 1e9);
    const second = await runs.list(database, {
      first: 1,
      orderBy,
      filter: { ids: [...ids, run.id] },
      after: first.cursors[0] ?? null,
    });
    expect([...first.items, ...second.items].map(({ id }) => nameOf.get(id))).toEqual([3, 2]);
    await runs.remove(database, run.id);
  });

  test.each<[object, number[]]>([
    [{ statistic: lambdaMax('LAST'), atLeast: 0 }, [2, 3]],
    [{ statistic: lambdaMax('MAX'), atLeast: 5, atMost: 7 }, [1, 3]],
    [{ statistic: lambdaMax('LAST'), exists: false }, [1, 4]],
    [{ statistic: { name: 'lambdaMax', near: { alignment: 'STEP', position: 0 } }, atLeast: 5 }, [0, 1, 3]],
  ])('is filtered by %j', async (condition, found) => {
    const { items } = await runs.list(database, { filter: { ids, statistics: [condition as never] } });
    expect(items.map(({ id }) => nameOf.get(id)).sort()).toEqual(found);
  });

  test('refuses what cannot be sorted or filtered by', async () => {
    const refused = (options: object, field: string[]) =>
      expect(runs.list(database, options)).rejects.toMatchObject({ code: 'INVALID', field });
    await refused({ orderBy: { direction: 'ASC' } }, ['orderBy']);
    await refused({ orderBy: { field: 'NAME', config: 'lr', direction: 'ASC' } }, ['orderBy']);
    await refused({ orderBy: { config: 'a..b', direction: 'ASC' } }, ['orderBy', 'config']);
    await refused({ orderBy: { statistic: { name: 'quantile' }, direction: 'ASC' } }, ['orderBy', 'statistic', 'name']);
    await refused({ filter: { statistics: [{ statistic: { name: 'trace' } }] } }, ['filter', 'statistics', '0']);
    const orderBy: RunOrder = { statistic: lambdaMax('LAST'), direction: 'DESC' };
    const { cursors } = await runs.list(database, { orderBy, filter: { ids } });
    const other: RunOrder = { statistic: lambdaMax('FIRST'), direction: 'DESC' };
    await refused({ orderBy: other, after: cursors[0] }, ['after']);
  });
});
