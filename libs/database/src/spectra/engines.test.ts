/** Engines are counted by name and precision, of the spectra that a token sees. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as runs from '../runs/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import { engines } from './engines.ts';
import { record } from './record.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

test('each engine and precision once, with its spectra and runs, the newest first', async () => {
  const { database } = fixture;
  expect(await engines(database)).toEqual([]);
  const { run: one } = await runs.create(database, exampleRun({ project: 'one' }));
  const { run: two } = await runs.create(database, exampleRun({ project: 'two' }));
  await record(database, exampleSpectrum(one.id, { step: 1, engine: 'tfjs' }));
  await record(database, exampleSpectrum(one.id, { step: 2, engine: 'onnx', precision: 'float32' }));
  await record(database, exampleSpectrum(one.id, { step: 3, engine: 'onnx', precision: 'float32' }));
  const { spectrum } = await record(
    database,
    exampleSpectrum(two.id, { step: 1, engine: 'onnx', precision: 'float32' }),
  );
  const used = await engines(database);
  expect(used).toMatchObject([
    { engine: 'onnx', precision: 'float32', spectrumCount: 3, runCount: 2, lastUsedAt: spectrum.createdAt },
    { engine: 'tfjs', precision: 'float64', spectrumCount: 1, runCount: 1 },
  ]);
  const limited = withAccess(database, { scope: 'read', project: { id: two.projectId, name: 'two' } });
  expect(await engines(limited)).toMatchObject([{ engine: 'onnx', spectrumCount: 1, runCount: 1 }]);
});
