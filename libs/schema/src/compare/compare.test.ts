import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { doubledProbes, runInput, spectrumInput } from '../testing/seed.ts';

/** A run whose spectrum doubles at its second measurement, and one that starts where the first ends. */
const first = runInput({ name: 'first', seed: 1, config: [{ path: ['augment', 'flip'], value: 'true' }] });
const second = runInput({ name: 'second', seed: 2, schedule: { kind: 'CONSTANT', initial: 0.1 }, plannedSteps: 400 });
const bare = runInput({ name: 'without spectra' });
const ids = [first.id, second.id];

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
  for (const input of [first, second, bare]) await api.mutate('createRun', input, 'created');
  const steps = (runId: string, losses: number[]) => ({
    runId,
    steps: losses.map((trainLoss, at) => ({ number: 100 * at, epoch: at, trainLoss })),
  });
  await api.mutate('logSteps', steps(first.id, [4, 2, 1]), '__typename');
  await api.mutate('logSteps', steps(second.id, [8, 4, 2, 1, 0.5]), '__typename');
  const record = (runId: string, step: number, changes = {}) =>
    api.mutate('recordSpectrum', spectrumInput(runId, step, changes), 'created');
  await record(first.id, 0);
  await record(first.id, 200, { probes: doubledProbes });
  await record(second.id, 100, { probes: doubledProbes, dataSize: 500 });
  await record(second.id, 400);
});
afterAll(() => api.stop());

interface Point {
  readonly position: number;
  readonly lambda: number[];
  readonly sigma: number;
  readonly entries: {
    position: number;
    run: { name: string };
    spectrum: { step: { number: number } };
    density: { density: number[]; sigma: number };
  }[];
  readonly missing: { name: string }[];
  readonly distances: { wasserstein1: number[][]; l1: number[][]; jensenShannon: number[][] } | null;
  readonly warnings: {
    field: string;
    severity: string;
    firstValue: string;
    secondValue: string;
    consequence: string;
  }[];
}

const fields = `alignment runs { name } differingSettings { name values } points { position lambda sigma
  entries { position run { name } spectrum { step { number } } density { density sigma } } missing { name }
  distances { wasserstein1 l1 jensenShannon } warnings { field severity firstValue secondValue consequence } }`;

async function compare(args: string, runs: readonly string[] = ids) {
  const { data, errors } = await api.execute(`{ compare(runs: ${JSON.stringify(runs)} ${args}) { ${fields} } }`);
  expect(errors).toEqual([]);
  const { compare: found } = data as unknown as {
    compare: { points: Point[]; runs: { name: string }[]; differingSettings: { name: string; values: unknown[] }[] };
  };
  return found;
}

const steps = ({ entries }: Point) => entries.map(({ spectrum }) => spectrum.step.number);

describe('compare', () => {
  it('puts the runs on one grid with one kernel, and measures how far they are apart', async () => {
    const { points } = await compare('at: [0, 200], grid: { points: 500 }');
    const [start, end] = points as [Point, Point];
    expect(steps(start)).toEqual([0, 100]);
    expect(start.lambda).toHaveLength(500);
    for (const { density } of start.entries) {
      expect(density.density).toHaveLength(500);
      expect(density.sigma).toBe(start.sigma);
    }
    expect(start.distances?.wasserstein1[0]?.[1]).toBeGreaterThan(0.05);
    expect(start.distances?.wasserstein1[0]?.[1]).toBe(start.distances?.wasserstein1[1]?.[0]);
    // At 200 the nearest spectra are both the doubled one.
    expect(steps(end)).toEqual([200, 100]);
    expect(end.distances).toMatchObject({ l1: zeros, jensenShannon: zeros });
    expect(end.distances?.wasserstein1[0]?.[1]).toBeLessThan(1e-14);
  });

  it.each([
    ['STEP', 'at: [100]', 100, [0, 100]],
    ['STEP', '', 200, [200, 100]],
    // The first run has no plan beyond its 200 logged steps, the second one of 400.
    ['PROGRESS', 'at: [0.5]', 0.5, [0, 100]],
    ['EPOCH', 'at: [4]', 4, [200, 400]],
    ['LOSS', 'at: [4]', 4, [0, 100]],
    ['LOSS', '', 1, [200, 400]],
    // The first run drops its rate at 100 and 200: its measurements stand at 0 and 2, the earlier of two is taken.
    ['LR_PHASE', 'at: [0.25]', 0.25, [0, 100]],
    ['LR_PHASE', '', 1, [0, 400]],
  ])('by %s %s stands at %d', async (align, at, position, expected) => {
    const { points } = await compare(`align: ${align}, ${at}`);
    expect(points).toHaveLength(1);
    expect(points[0]?.position).toBe(position);
    expect(points[0] && steps(points[0])).toEqual(expected);
  });

  it('takes no spectrum beyond the tolerance, and says which runs are missing', async () => {
    const { points } = await compare('at: [90, 10000], tolerance: 20', [...ids, bare.id]);
    expect(
      points.map(({ entries, missing }) => [entries.map(({ run }) => run.name), missing.map(({ name }) => name)]),
    ).toEqual([
      [['second'], ['first', 'without spectra']],
      [[], ['first', 'second', 'without spectra']],
    ]);
    expect(points[1]).toMatchObject({ lambda: [], sigma: null, distances: null, warnings: [] });
  });

  it('names the settings that differ, and no other', async () => {
    const { differingSettings } = await compare('');
    expect(differingSettings.map(({ name }) => name)).toEqual(
      ['schedule.kind', 'schedule.factor', 'schedule.steps', 'seed', 'plannedSteps', 'config.augment.flip'].sort(
        (a, b) =>
          differingSettings.findIndex(({ name }) => name === a) - differingSettings.findIndex(({ name }) => name === b),
      ),
    );
    expect(differingSettings).toContainEqual({ name: 'seed', values: ['1', '2'] });
    expect(differingSettings).toContainEqual({ name: 'schedule.steps', values: ['[100,200]', null] });
    expect(differingSettings).toContainEqual({ name: 'config.augment.flip', values: ['true', null] });
  });

  it('warns of what was measured otherwise', async () => {
    const { points } = await compare('at: [0]');
    expect(points[0]?.warnings).toEqual([
      {
        field: 'dataSize',
        severity: 'CAUTION',
        firstValue: '1000',
        secondValue: '500',
        consequence: expect.stringMatching(/\.$/),
      },
    ]);
  });

  it('is empty for runs without spectra', async () => {
    expect((await compare('', [bare.id])).points).toEqual([]);
  });

  it('sends a fixed number of statements', async () => {
    api.statements.length = 0;
    await compare('at: [0, 100, 200]');
    const many = api.statements.length;
    api.statements.length = 0;
    await compare('at: [0]', [first.id]);
    expect(api.statements).toHaveLength(many);
    expect(many).toBeLessThanOrEqual(5);
  });

  it.each([
    ['runs: []', 'expected 1 to 50'],
    ['runs: ["x"]', 'expected a UUID'],
    [`runs: ["${randomUUID()}"]`, 'there is no run'],
    [`runs: ["${first.id}"], at: []`, 'expected 1 to 20'],
    [`runs: ["${first.id}"], at: [1e999]`, 'finite'],
    [`runs: ["${first.id}"], tolerance: -1`, 'at least 0'],
    [`runs: ["${first.id}"], grid: { points: 1 }`, 'expected 2 to 10000'],
    [`runs: ["${first.id}"], smoothing: { kind: ABSOLUTE }`, 'needs it'],
  ])('refuses %s', async (args, message) => {
    const { errors } = await api.execute(`{ compare(${args}) { points { sigma } } }`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }]);
  });
});

const zeros = [
  [0, 0],
  [0, 0],
];
