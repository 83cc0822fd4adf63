/** Projects: created once by name, and counted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as projects from './index.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

test('one name is one project, whoever creates it', async () => {
  const { database } = fixture;
  const first = await projects.create(database, { name: 'edge of stability' });
  expect(first).toMatchObject({ created: true, project: { name: 'edge of stability' } });
  const again = await projects.create(database, { name: 'edge of stability' });
  expect(again).toEqual({ created: false, project: first.project });
  await expect(projects.create(database, { name: '  ' })).rejects.toMatchObject({ code: 'INVALID', field: ['name'] });
});

test('a token that only reads, or that is for another project, creates none', async () => {
  const { project } = await projects.create(fixture.database, { name: 'mine' });
  const reader = withAccess(fixture.database, { scope: 'read', project: null });
  await expect(projects.create(reader, { name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const limited = withAccess(fixture.database, { scope: 'admin', project });
  await expect(projects.create(limited, { name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await projects.create(limited, { name: 'mine' })).toMatchObject({ created: false });
});

test('runs, archived ones and spectra are counted, in the order asked for', async () => {
  const { database } = fixture;
  const { project: empty } = await projects.create(database, { name: 'empty' });
  const { run } = await runs.create(database, exampleRun({ project: 'full' }));
  const { run: hidden } = await runs.create(database, exampleRun({ project: 'full' }));
  await runs.edit(database, hidden.id, { archived: true });
  for (const step of [1, 2]) await spectra.record(database, exampleSpectrum(run.id, { step }));
  const ids = [empty.id, run.projectId, empty.id];
  const none = { runs: 0, archived: 0, spectra: 0 };
  expect(await projects.counts(database, ids)).toEqual([none, { runs: 2, archived: 1, spectra: 2 }, none]);
  const stranger = withAccess(database, { scope: 'read', project: empty });
  expect(await projects.counts(stranger, ids)).toEqual([none, none, none]);
});
