/** Lines of the interchange format: each stored once, refused alone, whatever else is in the batch. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import * as energies from '../energies/find.ts';
import * as probes from '../probes/find.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import { exportLines } from '../transfer/exportLines.ts';
import { ingest } from './ingest.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
});
afterAll(() => fixture.stop());

const runLine = (id: string, changes: object = {}) => ({ v: 1, kind: 'run', ...exampleRun({ id }), ...changes });
const spectrumLine = (runId: string, changes: object = {}) => ({
  v: 1,
  kind: 'spectrum',
  ...exampleSpectrum(runId),
  ...changes,
});
const stepLine = (runId: string, number: number, changes: object = {}) => ({
  v: 1,
  kind: 'step',
  runId,
  number,
  ...changes,
});

function example(steps = 3): { id: string; lines: object[] } {
  const id = randomUUID();
  const lines = Array.from({ length: steps }, (_, at) => [
    stepLine(id, at, { trainLoss: 1 / (at + 1) }),
    spectrumLine(id, { step: at, gradientEnergy: [{ gradientNorm: 0.5, alpha: [1, -0], beta: [0.25] }] }),
  ]).flat();
  return { id, lines: [runLine(id), ...lines, { v: 1, kind: 'finish', runId: id, status: 'finished' }] };
}

describe('ingest', () => {
  test('stores a run with its steps, spectra and end; sent again, nothing is new', async () => {
    const { id, lines } = example();
    const first = await ingest(
      database,
      // JavaScript writes -0 as 0; others do not.
      lines.map((line) => JSON.stringify(line).replace('"alpha":[1,0]', '"alpha":[1,-0.0]')),
    );
    expect(first.map(({ status }) => status)).toEqual([
      'CREATED',
      'CREATED',
      'CREATED',
      'CREATED',
      'CREATED',
      'CREATED',
      'CREATED',
      'UPDATED',
    ]);
    expect(await runs.get(database, id)).toMatchObject({ status: 'finished' });
    expect(await steps.history(database, id)).toMatchObject({ number: [0, 1, 2], trainLoss: [1, 1 / 2, 1 / 3] });
    const [stored] = await spectra.byRuns(database, [id]);
    expect(stored?.map(({ probeCount }) => probeCount)).toEqual([2, 2, 2]);
    const [energy] = await energies.bySpectra(database, [stored?.[0]?.id ?? '']);
    expect(energy).toMatchObject([{ gradient: 'full-batch', gradientNorm: 0.5, beta: [0.25] }]);
    expect(Object.is(energy?.[0]?.alpha[1], -0)).toBe(true);

    const again = await ingest(database, lines);
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['UNCHANGED']));
    expect((await spectra.byRuns(database, [id]))[0]).toEqual(stored);
  });

  test('takes a batch in any order, and what repeats inside it, once', async () => {
    const { id, lines } = example(2);
    const results = await ingest(database, [...lines, ...lines].reverse());
    expect(results.filter(({ status }) => status === 'REFUSED')).toEqual([]);
    expect(results.filter(({ status }) => status === 'CREATED')).toHaveLength(lines.length - 1);
    expect((await spectra.byRuns(database, [id]))[0]).toHaveLength(2);
  });

  test('refuses a bad line alone, saying which field of it is wrong', async () => {
    const { id, lines } = example(1);
    const other = spectrumLine(id, { step: 0 });
    const bad = [
      'not JSON',
      '{"v":1,"kind":"step","runId":"x","number":NaN}',
      { v: 2, kind: 'run' },
      { v: 1, kind: 'walk' },
      [],
      stepLine(id, -1),
      stepLine(randomUUID(), 1),
      stepLine(id, 0, { trainLoss: 7 }),
      stepLine(id, 9, { surprise: 1 }),
      spectrumLine(id, { step: 5, probes: [{ index: 0, seed: 1, alpha: [1, 'x'], beta: [1] }] }),
      spectrumLine(id, { step: 5, seconds: '1' }),
      other,
      runLine(id, { seed: 99 }),
      JSON.stringify(stepLine(id, 4)).replace('}', ',"trainLoss":1e999}'),
    ];
    const results = await ingest(database, [...lines, ...bad]);
    expect(results.slice(0, lines.length).filter(({ status }) => status === 'REFUSED')).toEqual([]);
    const refused = results
      .slice(lines.length)
      .map((one) => (one.status === 'REFUSED' ? [one.code, one.field?.join('.') ?? null] : one));
    expect(refused).toEqual([
      ['INVALID', null],
      ['NON_FINITE', null],
      ['INVALID', 'v'],
      ['INVALID', 'kind'],
      ['INVALID', ''],
      ['INVALID', 'number'],
      ['NOT_FOUND', 'runId'],
      ['CONFLICT', 'trainLoss'],
      ['INVALID', 'surprise'],
      ['INVALID', 'probes.0.alpha.1'],
      ['INVALID', 'seconds'],
      ['CONFLICT', 'id'],
      ['CONFLICT', 'seed'],
      ['NON_FINITE', 'trainLoss'],
    ]);
    expect((await probes.bySpectra(database, [other.id]))[0]).toEqual([]);
  });

  test('fills in what a step lacks, and says UPDATED', async () => {
    const { id, lines } = example(1);
    await ingest(database, lines);
    const more = [stepLine(id, 0, { testLoss: 2 }), stepLine(id, 0, { testLoss: 2 }), stepLine(id, 0, { testLoss: 3 })];
    expect((await ingest(database, more)).map(({ status }) => status)).toEqual(['UPDATED', 'UNCHANGED', 'REFUSED']);
    expect(await steps.history(database, id)).toMatchObject({ testLoss: [2] });
  });

  test('adds a gradient overlap to a spectrum that is stored, once', async () => {
    const { id, lines } = example(2);
    const late = { v: 1, kind: 'overlap', runId: id, step: 1, k: 3, fraction: 0.7 };
    await ingest(database, lines);
    const changes = await database.changes.of(id);
    const results = await ingest(database, [late, late, { ...late, step: 5 }, { ...late, fraction: 0.8 }]);
    expect(results).toMatchObject([
      { status: 'CREATED', kind: 'overlap' },
      { status: 'UNCHANGED' },
      {
        status: 'REFUSED',
        code: 'NOT_FOUND',
        message: expect.stringContaining('no hessian spectrum of block "all" at'),
      },
      { status: 'REFUSED', code: 'CONFLICT', message: expect.stringContaining('0.7 is already stored for K = 3') },
    ]);
    await changes.next();
    // The spectrum as it was recorded first is still the spectrum that is stored.
    expect((await ingest(database, [...lines, late])).every(({ status }) => status === 'UNCHANGED')).toBe(true);
    const stored: object[] = [];
    for await (const line of exportLines(database, [id])) if (line.kind === 'spectrum') stored.push(line);
    expect(stored[1]).toMatchObject({
      gradientOverlap: [{ k: 1 }, { k: 3, gradient: 'full-batch', fraction: 0.7 }, { k: 10 }],
    });
    const stranger = withAccess(database, { scope: 'write', project: { id: randomUUID(), name: 'elsewhere' } });
    expect(await ingest(stranger, [late])).toMatchObject([{ status: 'REFUSED', code: 'NOT_FOUND' }]);
  });

  test('two writers of one run at once store everything once', async () => {
    const { id, lines } = example(20);
    const both = await Promise.all([
      ingest(database, lines),
      ingest(database, lines),
      ingest(database, [...lines].reverse()),
    ]);
    expect(both.flat().filter(({ status }) => status === 'REFUSED')).toEqual([]);
    const [stored] = await spectra.byRuns(database, [id]);
    expect(stored).toHaveLength(20);
    const measured = await probes.bySpectra(database, stored?.map((one) => one.id) ?? []);
    expect(measured.flat()).toHaveLength(40);
  });

  test('an interrupted run that went on to its end may be sent again with both lines', async () => {
    const { id, lines } = example(1);
    const interrupted = { v: 1, kind: 'finish', runId: id, status: 'interrupted' };
    const all = [...lines.slice(0, -1), interrupted, ...lines.slice(-1)];
    expect((await ingest(database, all)).at(-1)).toMatchObject({ status: 'UPDATED' });
    expect((await ingest(database, all)).map(({ status }) => status)).toEqual(all.map(() => 'UNCHANGED'));
    expect((await runs.get(database, id)).status).toBe('finished');
  });

  test('a run whose name, tags or notes people changed is still the run that was sent', async () => {
    const { id, lines } = example(1);
    await ingest(database, lines);
    await runs.edit(database, id, { name: 'a better name', notes: null, tags: ['x'] });
    expect((await ingest(database, lines))[0]).toMatchObject({ status: 'UNCHANGED' });
    expect(await runs.get(database, id)).toMatchObject({ name: 'a better name', notes: null, tags: ['x'] });
  });

  test('needs a scope that writes, and reaches no other project', async () => {
    const { id, lines } = example(1);
    await ingest(database, lines);
    const { projectId, projectName } = await runs.get(database, id);
    const reader = withAccess(database, { scope: 'read', project: { id: projectId, name: projectName } });
    await expect(ingest(reader, [])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = withAccess(database, { scope: 'write', project: { id: randomUUID(), name: 'elsewhere' } });
    const results = await ingest(stranger, [...lines, runLine(id, { project: 'elsewhere' })]);
    expect(results.map((one) => (one.status === 'REFUSED' ? one.code : one.status))).toEqual([
      'FORBIDDEN',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'CONFLICT',
    ]);
  });
});
