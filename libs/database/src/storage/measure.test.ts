/** What is stored is counted, and told only to those who see everything. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import { measure } from './measure.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

test('an empty database holds no spectrum, so that none has a size', async () => {
  expect(await measure(fixture.database)).toMatchObject({ runCount: 0, spectrumCount: 0, bytesPerSpectrum: null });
});

test('runs, archived runs, spectra and the disk that they take are counted', async () => {
  const { database } = fixture;
  const { run } = await runs.create(database, exampleRun());
  const { run: hidden } = await runs.create(database, exampleRun());
  await runs.edit(database, hidden.id, { archived: true });
  for (const step of [1, 2, 3]) await spectra.record(database, exampleSpectrum(run.id, { step }));
  const stored = await measure(database);
  expect(stored).toMatchObject({ runCount: 2, archivedRunCount: 1, spectrumCount: 3 });
  const sizes = stored.tables.map(({ bytes }) => bytes);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(stored.tables.map(({ name }) => name)).toContain('gradient_energy');
  expect(stored.databaseBytes).toBeGreaterThan(sizes.reduce((sum, bytes) => sum + bytes, 0));
  const own = stored.tables.filter(({ name }) =>
    ['spectrum', 'probe', 'overlap', 'gradient_energy', 'top_space'].includes(name),
  );
  expect(stored.bytesPerSpectrum).toBe(own.reduce((sum, { bytes }) => sum + bytes, 0) / 3);
});

test('the token of one project is not told', async () => {
  const limited = withAccess(fixture.database, { scope: 'admin', project: { id: randomUUID(), name: 'mine' } });
  await expect(measure(limited)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
