/** A training that goes back to an earlier checkpoint is never spliced with what it had: rewound, forked, or refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { ingest, readLines, storeLines, type LineResult } from '../ingest/ingest.ts';
import * as jobs from '../jobs/index.ts';
import * as projects from '../projects/index.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import { backup, restore } from '../transfer/backup.ts';
import * as runs from './index.ts';

let fixture: TestDatabase;
let database: Database;
let id: string;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
});
beforeEach(() => {
  id = randomUUID();
});
afterAll(() => fixture.stop());

const runLine = (changes: object = {}) => ({ v: 1, kind: 'run', ...exampleRun({ id, ...changes }) });
const step = (number: number, trainLoss: number) => ({ v: 1, kind: 'step', runId: id, number, trainLoss });
const spectrum = (at: number, changes: object = {}) => ({
  v: 1,
  kind: 'spectrum',
  ...exampleSpectrum(id, { step: at, ...changes }),
});
const rewindTo = (number: number) => ({ v: 1, kind: 'rewind', id: randomUUID(), runId: id, step: number });
const statuses = (results: readonly LineResult[]): string[] => results.map(({ status }) => status);
const curve = async (runId = id) => {
  const { number, trainLoss } = await steps.history(database, runId);
  return number.map((one, at) => [one, trainLoss[at]]);
};

/** As of a public report: a run that was resumed from a checkpoint at step 10. */
const resumed = () => [runLine(), step(10, 0.5), step(20, 0.4), step(20, 0.41), step(30, 0.31)];

describe('a run that is resumed at a lower step', () => {
  test('is not spliced where nobody says so: what contradicts is refused, and all that follows, with what to do', async () => {
    const results = await ingest(database, resumed());
    expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'CREATED', 'REFUSED', 'REFUSED']);
    for (const refused of results.slice(3)) {
      expect(refused).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('rewind the run first') });
    }
    expect(await curve()).toEqual([
      [10, 0.5],
      [20, 0.4],
    ]);
  });

  test('nor in later batches or requests, nor by spectra; what is stored may be sent again and filled in', async () => {
    const send = (...lines: object[]) => storeLines(database, readLines(lines));
    const early = spectrum(40);
    await send(...resumed().slice(0, 3), step(25, 0.35));
    expect(statuses(await send(early, step(20, 0.41), spectrum(20), spectrum(50)))).toEqual([
      'CREATED',
      'REFUSED',
      'CREATED',
      'REFUSED',
    ]);
    const later = await send(step(30, 0.31), early, spectrum(60), step(15, 0.45), step(25, 0.35), {
      ...step(25, 0.35),
      testLoss: 1,
    });
    expect(statuses(later)).toEqual(['REFUSED', 'UNCHANGED', 'REFUSED', 'CREATED', 'UNCHANGED', 'UPDATED']);
    expect(statuses(await send(rewindTo(15), step(30, 0.31)))).toEqual(['CREATED', 'CREATED']);
  });

  test('nor by a number that the stored training did not log, unless the line repeats what it did log', async () => {
    await ingest(database, [...resumed().slice(0, 3), step(30, 0.3), step(20, 0.41)]);
    const filling = (changes: object) => ({ v: 1, kind: 'step', runId: id, number: 30, ...changes });
    const results = await ingest(database, [
      filling({ epoch: 3, learningRate: 0.1, testLoss: 0.6 }),
      { ...filling({ testLoss: 0.7 }), number: 20 },
      filling({ trainLoss: 0.3, testLoss: 0.5 }),
    ]);
    expect(statuses(results)).toEqual(['REFUSED', 'REFUSED', 'UPDATED']);
    expect((await steps.history(database, id)).testLoss).toEqual([null, null, 0.5]);
  });

  test('nor by single steps or spectra, which say nothing of it and are refused all the same', async () => {
    await ingest(database, resumed().slice(0, 3));
    const log = (number: number, trainLoss: number) =>
      steps.log(database, { runId: id, steps: [{ number, trainLoss }] });
    await expect(log(20, 0.41)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await runs.get(database, id)).contradictedStep).toBe(20);
    await expect(log(30, 0.31)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('rewind the run first'),
    });
    const beyond = exampleSpectrum(id, { step: 30 });
    await expect(spectra.record(database, beyond)).rejects.toMatchObject({ code: 'CONFLICT' });
    await runs.rewind(database, { id: randomUUID(), runId: id, step: 10 });
    expect((await runs.get(database, id)).contradictedStep).toBeNull();
    await log(20, 0.41);
    await log(30, 0.31);
    expect(await spectra.record(database, beyond)).toMatchObject({ created: true });
  });

  test('is itself again once the other training is recorded as a fork from before the step', async () => {
    await ingest(database, resumed());
    const fork = (parentStep: number) => runs.create(database, exampleRun({ parentId: id, parentStep }));
    await fork(20);
    expect(statuses(await ingest(database, [step(30, 0.3)]))).toEqual(['REFUSED']);
    await fork(10);
    expect(statuses(await ingest(database, [step(30, 0.3)]))).toEqual(['CREATED']);
    expect(await curve()).toEqual([
      [10, 0.5],
      [20, 0.4],
      [30, 0.3],
    ]);
  });

  test('is rewound by a line between: what it had is superseded, not lost', async () => {
    const [run, ten, twenty, again, thirty] = resumed();
    const [before, after] = [spectrum(20), spectrum(20, { id: randomUUID() })];
    const back = rewindTo(10);
    const lines = [run, ten, twenty, step(25, 0.35), before, back, again, thirty, after] as object[];
    expect(new Set(statuses(await ingest(database, lines)))).toEqual(new Set(['CREATED']));
    expect(await curve()).toEqual([
      [10, 0.5],
      [20, 0.41],
      [30, 0.31],
    ]);
    expect(await curve(back.id)).toEqual([
      [20, 0.4],
      [25, 0.35],
    ]);
    expect((await spectra.byRuns(database, [id, back.id])).map((some) => some.map((one) => one.id))).toEqual([
      [after.id],
      [before.id],
    ]);
    expect(await runs.get(database, back.id)).toMatchObject({ parentId: id, parentStep: 10, status: 'interrupted' });
    expect((await runs.get(database, id)).status).toBe('running');

    // The same file again changes nothing, and brings nothing back.
    expect(new Set(statuses(await ingest(database, lines)))).toEqual(new Set(['UNCHANGED']));
    expect((await curve()).map(([number]) => number)).toEqual([10, 20, 30]);
  });

  test('may repeat what was superseded to the last bit', async () => {
    await ingest(database, [runLine(), step(10, 0.5), step(20, 0.4)]);
    const back = rewindTo(10);
    expect(statuses(await ingest(database, [back, step(20, 0.4)]))).toEqual(['CREATED', 'CREATED']);
    expect(await curve()).toEqual([
      [10, 0.5],
      [20, 0.4],
    ]);
  });
});

describe('rewind', () => {
  test('twice, to one step or further back; an id of something else is refused', async () => {
    await ingest(database, [runLine(), ...[0, 1, 2, 3].map((number) => step(number, number)), finish()]);
    const one = { id: randomUUID(), runId: id, step: 2 };
    expect(await runs.rewind(database, one)).toMatchObject({ changed: true, run: { id, finishedAt: null } });
    expect(await runs.rewind(database, one)).toMatchObject({ changed: false });
    const two = await runs.rewind(database, { id: randomUUID(), runId: id, step: 0 });
    expect((await curve(two.superseded.id)).map(([number]) => number)).toEqual([1, 2]);
    await expect(runs.rewind(database, { ...one, step: 1 })).rejects.toMatchObject({ code: 'CONFLICT', field: ['id'] });
    await expect(runs.rewind(database, { ...one, id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(runs.rewind(database, { ...one, id: randomUUID(), step: -1 })).rejects.toMatchObject({
      code: 'INVALID',
      field: ['step'],
    });
    const unknown = runs.rewind(database, { id: randomUUID(), runId: randomUUID(), step: 1 });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND', field: ['runId'] });
    const reader = withAccess(database, { scope: 'read', project: null });
    await expect(runs.rewind(reader, { ...one, id: randomUUID() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('cancels the jobs beyond the step', async () => {
    await ingest(database, [runLine(), step(1, 1), step(2, 2)]);
    const ask = async (at: number) => {
      const source = { kind: 'checkpoint', checkpoint: 'ab'.repeat(32) } as const;
      const request = { id: randomUUID(), runId: id, step: at, source, probes: 1, probeGroups: [1] };
      const { job } = await jobs.request(database, request);
      return job.id;
    };
    const [kept, gone] = [await ask(1), await ask(2)];
    const { superseded } = await runs.rewind(database, { id: randomUUID(), runId: id, step: 1 });
    const found = await jobs.byIds(database, [kept, gone]);
    expect(found).toMatchObject([
      { runId: id, status: 'queued' },
      { runId: superseded.id, status: 'cancelled' },
    ]);
  });

  test('what is superseded is in no list and no count unless it is asked for, and goes with its run', async () => {
    const project = `rewound ${id}`;
    await ingest(database, [runLine({ project }), step(1, 1), spectrum(2)]);
    const { superseded, run } = await runs.rewind(database, { id: randomUUID(), runId: id, step: 1 });
    const listed = async (filter: object) =>
      (await runs.list(database, { filter: { project, ...filter } })).items.map((one) => one.id);
    expect(await listed({})).toEqual([id]);
    expect(await listed({ superseded: true })).toEqual([superseded.id]);
    expect(await listed({ ids: [id, superseded.id] })).toHaveLength(2);
    expect((await spectra.list(database, { filter: { runs: { project } } })).totalCount).toBe(0);
    expect(await projects.counts(database, [run.projectId])).toMatchObject([{ runs: 1, spectra: 0 }]);
    expect(await runs.groups(database, ['PROJECT'], { project })).toMatchObject([{ count: 1 }]);
    await runs.remove(database, id);
    expect(await runs.byIds(database, [id, superseded.id])).toEqual([null, null]);
  });
});

const finish = () => ({ v: 1, kind: 'finish', runId: id, status: 'finished' });

describe('a fork', () => {
  test('knows its parent and the step, also after the parent was rewound', async () => {
    await ingest(database, [runLine(), step(10, 1), step(20, 2)]);
    const fork = exampleRun({ parentId: id, parentStep: 15 });
    const other = exampleRun({ parentId: id, parentStep: 5 });
    for (const one of [fork, other]) await runs.create(database, one);
    const parentsOf = async () =>
      (await runs.parents(database, [fork.id, id, other.id])).map((parent) => parent?.id ?? null);
    expect(await parentsOf()).toEqual([id, null, id]);
    const { superseded } = await runs.rewind(database, { id: randomUUID(), runId: id, step: 10 });
    expect(await parentsOf()).toEqual([superseded.id, null, id]);
    const { items } = await runs.list(database, { filter: { parentId: id } });
    expect(items.map((one) => one.id).sort()).toEqual([fork.id, other.id].sort());
    await expect(runs.create(database, exampleRun({ parentId: id }))).rejects.toMatchObject({ field: ['parentStep'] });
    await expect(runs.create(database, { ...fork, parentStep: 16 })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('a backup holds what was superseded, and brings it back as it was', async () => {
  await ingest(database, [runLine(), step(1, 1), spectrum(2)]);
  const { superseded } = await runs.rewind(database, { id: randomUUID(), runId: id, step: 1 });
  expect(statuses(await ingest(database, [step(2, 3), step(1, 7)]))).toEqual(['CREATED', 'REFUSED']);
  const lines: object[] = [];
  for await (const line of backup(database)) lines.push(line);
  const fresh = await testDatabase();
  try {
    const refused = (await restore(fresh.database, lines)).filter(({ status }) => status === 'REFUSED');
    expect(refused).toEqual([]);
    const [one, two] = [await runs.get(fresh.database, id), await runs.get(fresh.database, superseded.id)];
    expect(two).toMatchObject({ parentId: one.id, parentStep: 1, supersededAt: superseded.supersededAt });
    expect((await spectra.byRuns(fresh.database, [superseded.id]))[0]).toHaveLength(1);
    expect(one.contradictedStep).toBe(1);
  } finally {
    await fresh.stop();
  }
});
