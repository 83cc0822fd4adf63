/** Reports: stored, changed by one at a time, and seen by those who see their project. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as projects from '../projects/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { backup, restore } from '../transfer/backup.ts';
import * as reports from './reports.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

const written = { title: 'Edge of stability', markdown: '# λ₁ rises\n\nto 2/η' };

test('a report is what was written, and the latest change is first', async () => {
  const { database } = fixture;
  const made = await reports.create(database, written);
  expect(made).toMatchObject({ ...written, revision: 1 });
  const other = await reports.create(database, { ...written, title: 'Another', project: 'second' });
  const changed = await reports.edit(database, { id: made.id, revision: 1, markdown: 'Shorter.' });
  expect(changed).toMatchObject({ title: written.title, markdown: 'Shorter.', revision: 2 });
  expect(await reports.byId(database, made.id)).toEqual(changed);
  expect((await reports.list(database)).map(({ id }) => id)).toEqual([made.id, other.id]);
  expect(await reports.remove(database, other.id)).toBe(true);
  expect(await reports.remove(database, other.id)).toBe(false);
  expect(await reports.byId(database, other.id)).toBeNull();
});

test('nobody overwrites what they have not read', async () => {
  const { database } = fixture;
  const { id } = await reports.create(database, written);
  await reports.edit(database, { id, revision: 1, title: 'First' });
  await expect(reports.edit(database, { id, revision: 1, title: 'Second' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: ['revision'],
  });
  expect(await reports.byId(database, id)).toMatchObject({ title: 'First' });
  await expect(reports.edit(database, { id: randomUUID(), revision: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('faults of the input are named', async () => {
  const { database } = fixture;
  await expect(reports.create(database, { ...written, title: ' ' })).rejects.toMatchObject({ field: ['title'] });
  await expect(reports.create(database, { ...written, markdown: 'a\0b' })).rejects.toMatchObject({
    field: ['markdown'],
  });
  expect(await reports.byId(database, 'nonsense')).toBeNull();
});

test('who only reads changes nothing, and a token of one project sees no other', async () => {
  const { database } = fixture;
  const { project } = await projects.create(database, { name: 'mine' });
  const theirs = await reports.create(database, written);
  const reader = withAccess(database, { scope: 'read', project: null });
  for (const refused of [
    () => reports.create(reader, written),
    () => reports.edit(reader, { id: theirs.id, revision: 1 }),
    () => reports.remove(reader, theirs.id),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  const limited = withAccess(database, { scope: 'write', project });
  expect(await reports.byId(limited, theirs.id)).toBeNull();
  expect(await reports.list(limited)).toEqual([]);
  await expect(reports.edit(limited, { id: theirs.id, revision: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await reports.remove(limited, theirs.id)).toBe(false);
  expect(await reports.create(limited, written)).toMatchObject({ projectId: project.id });
  await expect(reports.create(limited, { ...written, project: 'other' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a backup holds the reports, and restores them once', async () => {
  const { database } = fixture;
  const lines: unknown[] = [];
  for await (const line of backup(database)) lines.push(JSON.parse(JSON.stringify(line)));
  const copy = await testDatabase();
  try {
    await restore(copy.database, lines);
    await restore(copy.database, lines);
    const before = await reports.list(database);
    expect(before.length).toBeGreaterThan(1);
    const withoutProject = (list: readonly reports.Report[]) => list.map(({ projectId: _projectId, ...rest }) => rest);
    expect(withoutProject(await reports.list(copy.database))).toEqual(withoutProject(before));
  } finally {
    await copy.stop();
  }
});
