/** Runs: created once, refused when changed, ended, removed with all that hangs on them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import * as experiments from '../experiments/find.ts';
import * as overlaps from '../overlaps/find.ts';
import * as probes from '../probes/find.ts';
import * as projects from '../projects/find.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as runs from './index.ts';
import type { NewRun } from '@ritz/records';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
});
afterAll(() => fixture.stop());

describe('create', () => {
  test('stores every setting, and get returns it', async () => {
    const payload = exampleRun();
    const { run, created } = await runs.create(database, payload);
    expect(created).toBe(true);
    const { project, experiment, tags, schedule, ...settings } = payload;
    expect(run).toMatchObject(settings);
    expect(run).toMatchObject({
      projectName: project,
      experimentName: experiment,
      tags: [...(tags ?? [])].sort(),
      schedule: { ...schedule, totalSteps: null, warmupSteps: null },
      status: 'running',
      archived: false,
      finishedAt: null,
    });
    expect(await runs.get(database, payload.id)).toEqual(run);
  });

  test('fills in the defaults', async () => {
    const { id, name, architecture, dataset, optimiser, seed } = exampleRun();
    const schedule = { kind: 'constant', initial: 0.1 } as const;
    const { run } = await runs.create(database, { id, name, architecture, dataset, optimiser, seed, schedule });
    expect(run).toMatchObject({
      projectName: 'default',
      experimentName: 'default',
      batchNorm: 'none',
      residual: false,
      config: {},
      tags: [],
      notes: null,
      classes: null,
    });
  });

  test('what its layers normalise by may be said or not, but not differently', async () => {
    const payload = { ...exampleRun(), normalisation: 'layer' } as const;
    expect((await runs.create(database, payload)).run.normalisation).toBe('layer');
    expect(await runs.create(database, { ...payload, normalisation: null })).toMatchObject({ created: false });
    await expect(runs.create(database, { ...payload, normalisation: 'group' })).rejects.toThrow(
      'values of normalisation',
    );
    const unsaid = exampleRun();
    await runs.create(database, unsaid);
    const said = await runs.create(database, { ...unsaid, normalisation: 'none' });
    expect(said).toMatchObject({ created: false, run: { normalisation: null } });
  });

  test('the same payload again changes nothing, whatever the order of its tags and keys', async () => {
    const payload = exampleRun();
    const { run } = await runs.create(database, payload);
    await runs.finish(database, payload.id);
    const again = await runs.create(database, {
      ...payload,
      id: payload.id.toUpperCase(),
      tags: ['baseline', 'mnist', 'mnist'],
      config: { nested: { list: [1, 'two', null, true] }, batchSize: 64 },
    });
    expect(again.created).toBe(false);
    expect(again.run).toMatchObject({ id: run.id, createdAt: run.createdAt, status: 'finished' });
  });

  test('another payload under the same id is refused with the fields that differ', async () => {
    const payload = exampleRun();
    await runs.create(database, payload);
    const changed = runs.create(database, {
      ...payload,
      seed: 2,
      project: 'other',
      schedule: { ...payload.schedule, initial: 0.2 },
      config: { batchSize: 128, nested: { list: [1, 'two', null, true] } },
    });
    await expect(changed).rejects.toMatchObject({ code: 'CONFLICT' });
    const message = await changed.catch(String);
    for (const field of ['seed', 'project', 'schedule.initial', 'config.batchSize']) expect(message).toContain(field);
    expect(message).not.toContain('optimiser');
    expect(await runs.get(database, payload.id)).toMatchObject({ seed: payload.seed, projectName: 'validation' });
  });

  test('many at once make one project, one experiment, and each run once', async () => {
    const places = { project: 'contested', experiment: 'together' };
    const payloads = Array.from({ length: 8 }, () => exampleRun(places));
    const results = await Promise.all([...payloads, ...payloads].map((payload) => runs.create(database, payload)));
    expect(results.filter((result) => result.created)).toHaveLength(8);
    expect(new Set(results.map((result) => result.run.experimentId)).size).toBe(1);
    expect((await projects.list(database)).filter((project) => project.name === 'contested')).toHaveLength(1);
  });

  test.each<[string, Partial<NewRun>, string]>([
    ['id', { id: 'run-1' }, 'INVALID'],
    ['name', { name: '  ' }, 'INVALID'],
    ['architecture', { architecture: 'a\0b' }, 'INVALID'],
    ['seed', { seed: 0.5 }, 'INVALID'],
    ['seed', { seed: 2 ** 53 }, 'INVALID'],
    ['classes', { classes: 0 }, 'INVALID'],
    ['parameterCount', { parameterCount: Number.NaN }, 'NON_FINITE'],
    ['schedule.initial', { schedule: { kind: 'constant', initial: Number.POSITIVE_INFINITY } }, 'NON_FINITE'],
    ['schedule.steps.1', { schedule: { kind: 'step', initial: 1, factor: 0.1, steps: [1, -1] } }, 'INVALID'],
    ['tags.0', { tags: [''] }, 'INVALID'],
    ['config.rate', { config: { rate: Number.NaN } }, 'NON_FINITE'],
    ['notes', { notes: '\0' }, 'INVALID'],
  ])('refuses a bad %s', async (field, changes, code) => {
    const payload = exampleRun(changes);
    await expect(runs.create(database, payload)).rejects.toMatchObject({ code, field: field.split('.') });
    expect(await runs.byIds(database, [payload.id])).toEqual([null]);
  });
});

describe('find', () => {
  test('byIds answers in order, with null for what there is not', async () => {
    const [one, two] = [exampleRun(), exampleRun()];
    await runs.create(database, one);
    await runs.create(database, two);
    const found = await runs.byIds(database, [two.id, randomUUID(), 'nonsense', one.id.toUpperCase(), two.id]);
    expect(found.map((run) => run?.id ?? null)).toEqual([two.id, null, null, one.id, two.id]);
    expect(await runs.byIds(database, [])).toEqual([]);
  });

  test('get names the run that there is not', async () => {
    await expect(runs.get(database, 'nonsense')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no run "nonsense".',
    });
  });

  test('projects and experiments are found by id and by project', async () => {
    const { run } = await runs.create(database, exampleRun({ project: 'P', experiment: 'B' }));
    const { run: other } = await runs.create(database, exampleRun({ project: 'P', experiment: 'A' }));
    const [project, none] = await projects.byIds(database, [run.projectId, randomUUID()]);
    expect(project?.name).toBe('P');
    expect(none).toBeNull();
    const [mine, others] = await experiments.byProjects(database, [run.projectId, randomUUID()]);
    expect(mine?.map((experiment) => experiment.name)).toEqual(['A', 'B']);
    expect(others).toEqual([]);
    const found = await experiments.byIds(database, [run.experimentId, other.experimentId]);
    expect(found.map((experiment) => experiment?.name)).toEqual(['B', 'A']);
  });
});

describe('change', () => {
  test('finish sets the status once; the same again changes nothing', async () => {
    const { id } = exampleRun();
    await runs.create(database, exampleRun({ id }));
    const { run: finished, changed } = await runs.finish(database, id);
    expect(changed).toBe(true);
    expect(finished.status).toBe('finished');
    expect(finished.finishedAt).toBeInstanceOf(Date);
    expect(await runs.finish(database, id, 'finished')).toEqual({ run: finished, changed: false });
    await expect(runs.finish(database, id, 'failed')).rejects.toMatchObject({ code: 'CONFLICT', field: ['status'] });
    await expect(runs.finish(database, id, 'interrupted')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await runs.get(database, id)).toEqual(finished);
  });

  test('an interrupted run may be resumed to its end', async () => {
    const { id } = exampleRun();
    await runs.create(database, exampleRun({ id }));
    expect((await runs.finish(database, id, 'interrupted')).run.status).toBe('interrupted');
    expect((await runs.finish(database, id, 'finished')).run.status).toBe('finished');
  });

  test('finish refuses running and unknown runs', async () => {
    await expect(runs.finish(database, randomUUID(), 'running')).rejects.toMatchObject({ code: 'INVALID' });
    await expect(runs.finish(database, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(runs.finish(database, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('archive hides and shows', async () => {
    const { id } = exampleRun();
    await runs.create(database, exampleRun({ id }));
    expect((await runs.archive(database, id)).archived).toBe(true);
    const visible = await runs.list(database, { filter: { ids: [id], archived: false } });
    expect(visible.totalCount).toBe(0);
    expect((await runs.archive(database, id, false)).archived).toBe(false);
    await expect(runs.archive(database, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('remove takes steps, spectra, probes and overlaps along', async () => {
    const { id } = exampleRun();
    await runs.create(database, exampleRun({ id }));
    await steps.log(database, { runId: id, steps: [{ number: 1, trainLoss: 1 }] });
    const { spectrum } = await spectra.record(database, exampleSpectrum(id));
    expect(await runs.remove(database, id)).toBe(true);
    expect(await runs.remove(database, id)).toBe(false);
    expect(await runs.byIds(database, [id])).toEqual([null]);
    expect((await steps.history(database, id)).number).toEqual([]);
    expect(await spectra.byIds(database, [spectrum.id])).toEqual([null]);
    expect(await probes.bySpectra(database, [spectrum.id])).toEqual([[]]);
    expect(await overlaps.bySpectra(database, [spectrum.id])).toEqual([[]]);
  });
});
