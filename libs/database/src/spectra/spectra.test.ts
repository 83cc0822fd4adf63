/** Spectra: recorded whole or not at all, once, and read back bit for bit. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../connection/Database.ts';
import * as overlaps from '../overlaps/find.ts';
import * as probes from '../probes/find.ts';
import * as runs from '../runs/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as spectra from './index.ts';
import type { NewSpectrum } from '@ritz/records';

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

describe('record', () => {
  test('stores settings, probes and overlaps exactly, and creates the step', async () => {
    const payload = exampleSpectrum(runId);
    const { spectrum, created } = await spectra.record(database, payload);
    expect(created).toBe(true);
    const { probes: givenProbes, gradientOverlap, step, ...settings } = payload;
    expect(spectrum).toMatchObject({ ...settings, stepNumber: step, probeCount: givenProbes.length });
    expect(await spectra.get(database, payload.id)).toEqual(spectrum);

    const [stored] = await probes.bySpectra(database, [payload.id]);
    expect(stored).toEqual([
      { spectrumId: payload.id, nodes: null, weights: null, ...givenProbes[0] },
      { spectrumId: payload.id, alpha: null, beta: null, ...givenProbes[1] },
    ]);
    const [fractions] = await overlaps.bySpectra(database, [payload.id]);
    expect(fractions).toEqual(
      gradientOverlap?.map((overlap) => ({ spectrumId: payload.id, gradient: 'full-batch', ...overlap })),
    );
    expect((await steps.history(database, runId)).number).toEqual([step]);
  });

  test('leaves what was logged at its step alone', async () => {
    await steps.log(database, { runId, steps: [{ number: 10, trainLoss: 0.5 }] });
    await spectra.record(database, exampleSpectrum(runId));
    expect(await steps.history(database, runId)).toMatchObject({ number: [10], trainLoss: [0.5] });
  });

  test('the same again changes nothing, whatever the order of its probes', async () => {
    const payload = exampleSpectrum(runId);
    const { spectrum } = await spectra.record(database, payload);
    const again = await spectra.record(database, {
      ...payload,
      probes: [...payload.probes].reverse(),
      gradientOverlap: [...(payload.gradientOverlap ?? [])].reverse(),
    });
    expect(again).toEqual({ spectrum, created: false });
    expect((await probes.bySpectra(database, [payload.id]))[0]).toHaveLength(2);
  });

  test('the same from several clients at once is recorded once', async () => {
    const payload = exampleSpectrum(runId);
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => spectra.record(database, payload)));
    expect(results.filter((result) => result.created)).toHaveLength(1);
    expect((await probes.bySpectra(database, [payload.id]))[0]).toHaveLength(2);
  });

  test('another payload under the same id is refused with the entries that differ', async () => {
    const payload = exampleSpectrum(runId);
    await spectra.record(database, payload);
    const [first, second] = payload.probes;
    if (first === undefined || second === undefined) throw new Error('The example has two probes.');
    const changed = spectra.record(database, {
      ...payload,
      seed: 8,
      probes: [{ ...first, alpha: [0.3, -1e-310, 1.7976931348623157e308] }, second],
    });
    await expect(changed).rejects.toMatchObject({ code: 'CONFLICT' });
    const message = await changed.catch(String);
    expect(message).toContain('seed');
    expect(message).toContain('probes[0].alpha[0]');
    expect(message).not.toContain('alpha[1]');
    const fewer = spectra.record(database, { ...payload, probes: [first] });
    await expect(fewer).rejects.toMatchObject({ code: 'CONFLICT', field: ['probes', '1'] });
    const moved = spectra.record(database, { ...payload, step: 11 });
    await expect(moved).rejects.toMatchObject({ code: 'CONFLICT', field: ['step'] });
    expect((await steps.history(database, runId)).number).toEqual([10]);
  });

  test('the same measurement under another id is refused; another seed, data set or engine is another measurement', async () => {
    const payload = exampleSpectrum(runId);
    await spectra.record(database, payload);
    const rival = spectra.record(database, exampleSpectrum(runId));
    await expect(rival).rejects.toMatchObject({ code: 'CONFLICT', field: ['id'] });
    await expect(rival).rejects.toThrow(payload.id);
    await spectra.record(database, exampleSpectrum(runId, { seed: 99 }));
    await spectra.record(database, exampleSpectrum(runId, { dataFingerprint: 'another split' }));
    await spectra.record(database, exampleSpectrum(runId, { engine: 'another engine' }));
    await spectra.record(database, exampleSpectrum(runId, { lanczosSteps: 77 }));
    await spectra.record(database, exampleSpectrum(runId, { operator: 'ggn' }));
    await spectra.record(database, exampleSpectrum(runId, { block: 'layer1' }));
    await spectra.record(database, exampleSpectrum(runId, { step: 11 }));
    await spectra.record(database, exampleSpectrum(runId, { preconditioner: 'adam' }));
    await spectra.record(database, exampleSpectrum(runId, { batchSize: 32 }));
    const preconditioned = spectra.record(database, exampleSpectrum(runId, { preconditioner: 'adam' }));
    await expect(preconditioned).rejects.toThrow('already has this measurement of Adam-preconditioned hessian');
    const [all = []] = await spectra.byRuns(database, [runId]);
    expect(all).toHaveLength(10);
    const shown = spectra.newestOfEach(all);
    expect(shown).toHaveLength(5);
    expect(shown[0]).toMatchObject({ stepNumber: 10, operator: 'hessian', block: 'all', batchSize: 32 });
  });

  test('removal leaves a trace', async () => {
    const { spectrum } = await spectra.record(database, exampleSpectrum(runId));
    await expect(spectra.remove(database, spectrum.id, ' ')).rejects.toMatchObject({ code: 'INVALID' });
    expect(await spectra.remove(database, randomUUID(), 'no such spectrum')).toBeNull();
    const trace = await spectra.remove(database, spectrum.id, 'measured on the test set', 'ada');
    expect(trace).toMatchObject({
      spectrumId: spectrum.id,
      stepNumber: 10,
      reason: 'measured on the test set',
      deletedBy: 'ada',
    });
    expect(await spectra.byRuns(database, [runId])).toEqual([[]]);
    expect(await spectra.deletions(database, runId)).toEqual([trace]);
  });

  test('every write moves the moment of the last change, also a late overlap', async () => {
    const before = await runs.get(database, runId);
    await steps.log(database, { runId, steps: [{ number: 1, trainLoss: 0.5 }] });
    const logged = await runs.get(database, runId);
    expect(logged.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    const { spectrum } = await spectra.record(database, exampleSpectrum(runId));
    const measured = await runs.get(database, runId);
    expect(measured.updatedAt.getTime()).toBeGreaterThan(logged.updatedAt.getTime());
    const { items } = await spectra.list(database, {
      filter: { runs: { ids: [runId] }, updatedSince: spectrum.updatedAt },
      direction: 'ASC',
    });
    expect(items.map(({ id }) => id)).toEqual([spectrum.id]);
    const none = await spectra.list(database, {
      filter: { runs: { ids: [runId] }, updatedSince: new Date(spectrum.updatedAt.getTime() + 1) },
    });
    expect(none).toMatchObject({ items: [], totalCount: 0 });
    expect((await runs.list(database, { filter: { updatedSince: measured.updatedAt } })).items[0]?.id).toBe(runId);
  });

  test('a tridiagonal without the last residual, and one that ended early, are measurements too', async () => {
    const payload = exampleSpectrum(runId, {
      probes: [
        { index: 0, seed: 1, alpha: [1, 2, 3], beta: [0.5, 0.25] },
        { index: 1, seed: 2, alpha: [1], beta: [0] },
        { index: 2, seed: 3, alpha: [1], beta: [] },
      ],
      gradientOverlap: null,
    });
    await spectra.record(database, payload);
    const [stored] = await probes.bySpectra(database, [payload.id]);
    expect(stored?.map((probe) => probe.beta)).toEqual([[0.5, 0.25], [0], []]);
  });

  const probe = { index: 0, seed: 1 };
  test.each<[string, Partial<NewSpectrum>, string]>([
    ['id', { id: 'spectrum' }, 'INVALID'],
    ['step', { step: -1 }, 'INVALID'],
    ['block', { block: '' }, 'INVALID'],
    ['parameterCount', { parameterCount: 0 }, 'INVALID'],
    ['lanczosSteps', { lanczosSteps: 0 }, 'INVALID'],
    ['dataSize', { dataSize: 1.5 }, 'INVALID'],
    ['seconds', { seconds: Number.NaN }, 'NON_FINITE'],
    ['hvpCount', { hvpCount: -1 }, 'INVALID'],
    ['probes', { probes: [] }, 'INVALID'],
    ['probes.0', { probes: [probe] }, 'INVALID'],
    ['probes.0', { probes: [{ ...probe, alpha: [1] }] }, 'INVALID'],
    ['probes.0', { probes: [{ ...probe, alpha: [1], beta: [0], nodes: [1], weights: [1] }] }, 'INVALID'],
    ['probes.0.alpha', { probes: [{ ...probe, alpha: [], beta: [] }] }, 'INVALID'],
    ['probes.0.alpha', { probes: [{ ...probe, alpha: [1, 2, 3, 4], beta: [1, 2, 3, 4] }] }, 'INVALID'],
    ['probes.0.beta', { probes: [{ ...probe, alpha: [1, 2, 3], beta: [1] }] }, 'INVALID'],
    ['probes.0.alpha.1', { probes: [{ ...probe, alpha: [1, Number.NaN], beta: [1, 1] }] }, 'NON_FINITE'],
    ['probes.0.beta.0', { probes: [{ ...probe, alpha: [1], beta: [Number.POSITIVE_INFINITY] }] }, 'NON_FINITE'],
    ['probes.0.nodes.0', { probes: [{ ...probe, nodes: [Number.NEGATIVE_INFINITY], weights: [1] }] }, 'NON_FINITE'],
    ['probes.0.weights', { probes: [{ ...probe, nodes: [1, 2], weights: [1] }] }, 'INVALID'],
    ['probes.0.weights', { probes: [{ ...probe, nodes: [1, 2], weights: [1, 1] }] }, 'INVALID'],
    ['probes.0.weights.0', { probes: [{ ...probe, nodes: [1, 2], weights: [-0.5, 1.5] }] }, 'INVALID'],
    ['probes.0.index', { probes: [{ ...probe, index: -1, alpha: [1], beta: [0] }] }, 'INVALID'],
    [
      'probes.1',
      {
        probes: [
          { ...probe, alpha: [1], beta: [0] },
          { ...probe, alpha: [2], beta: [0] },
        ],
      },
      'INVALID',
    ],
    ['gradientOverlap.0.k', { gradientOverlap: [{ k: 0, fraction: 0.5 }] }, 'INVALID'],
    ['gradientOverlap.0.fraction', { gradientOverlap: [{ k: 1, fraction: 1.5 }] }, 'INVALID'],
    ['gradientOverlap.0.fraction', { gradientOverlap: [{ k: 1, fraction: Number.NaN }] }, 'NON_FINITE'],
    [
      'gradientOverlap.1',
      {
        gradientOverlap: [
          { k: 1, fraction: 0.5 },
          { k: 1, gradient: 'full-batch', fraction: 0.6 },
        ],
      },
      'INVALID',
    ],
  ])('refuses a bad %s', async (field, changes, code) => {
    const payload = exampleSpectrum(runId, changes);
    await expect(spectra.record(database, payload)).rejects.toMatchObject({ code, field: field.split('.') });
    expect(await spectra.byRuns(database, [runId])).toEqual([[]]);
    expect((await steps.history(database, runId)).number).toEqual([]);
  });

  test('refuses an unknown run', async () => {
    await expect(spectra.record(database, exampleSpectrum(randomUUID()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      field: ['runId'],
    });
  });

  test('the tables themselves refuse half a measurement', async () => {
    const { spectrum } = await spectra.record(database, exampleSpectrum(runId));
    for (const columns of ['alpha', 'alpha, nodes', 'nodes, weights, alpha']) {
      const values = columns.split(', ').map(() => `'{1}'`);
      await expect(
        database.pool.query(
          `insert into probe (spectrum_id, index, seed, ${columns}) values ($1, 9, 9, ${values.join(', ')})`,
          [spectrum.id],
        ),
      ).rejects.toThrow(/probe_measurement/);
    }
  });
});

describe('find', () => {
  test('batches answer in order, with nothing where there is nothing', async () => {
    const { run: other } = await runs.create(database, exampleRun());
    const late = exampleSpectrum(runId, { step: 100 });
    const early = exampleSpectrum(runId, { step: 2 });
    const ggn = exampleSpectrum(runId, { step: 2, operator: 'ggn' });
    const elsewhere = exampleSpectrum(other.id, { step: 2, gradientOverlap: [] });
    for (const payload of [late, ggn, early, elsewhere]) await spectra.record(database, payload);
    const idsOf = (groups: readonly (readonly { readonly id: string }[])[]) =>
      groups.map((group) => group.map((spectrum) => spectrum.id));

    const byRuns = await spectra.byRuns(database, [other.id, 'nonsense', runId.toUpperCase()]);
    expect(idsOf(byRuns)).toEqual([[elsewhere.id], [], [early.id, ggn.id, late.id]]);
    const bySteps = await spectra.bySteps(database, [
      { runId, number: 2 },
      { runId: other.id, number: 100 },
      { runId: other.id, number: 2 },
      { runId, number: 100 },
    ]);
    expect(idsOf(bySteps)).toEqual([[early.id, ggn.id], [], [elsewhere.id], [late.id]]);
    expect(await spectra.bySteps(database, [{ runId: 'nonsense', number: 1 }])).toEqual([[]]);

    const found = await spectra.byIds(database, [late.id, randomUUID(), early.id]);
    expect(found.map((spectrum) => spectrum?.id ?? null)).toEqual([late.id, null, early.id]);
    const measured = await probes.bySpectra(database, [elsewhere.id, randomUUID(), late.id]);
    expect(measured.map((group) => group.map((probe) => probe.index))).toEqual([[0, 1], [], [0, 1]]);
    const fractions = await overlaps.bySpectra(database, [elsewhere.id, late.id]);
    expect(fractions.map((group) => group.map((overlap) => overlap.k))).toEqual([[], [1, 10]]);
  });

  test('get names the spectrum that there is not', async () => {
    await expect(spectra.get(database, 'nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
