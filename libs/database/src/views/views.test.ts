/** Saved views: one for each name, those of another project unseen, and never an address of another site. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import * as projects from '../projects/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import * as views from './views.ts';

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase();
});
afterAll(() => fixture.stop());

test('a name is one view, and saving it again replaces its address', async () => {
  const { database } = fixture;
  const first = await views.save(database, { name: 'sharp', address: '/?where=lambda1+%3E+50' });
  const again = await views.save(database, { name: 'sharp', address: '/?sort=NAME' });
  expect(again).toMatchObject({ id: first.id, name: 'sharp', address: '/?sort=NAME', projectId: null });
  expect((await views.list(database)).map(({ name }) => name)).toEqual(['sharp']);
  expect(await views.remove(database, first.id)).toBe(true);
  expect(await views.remove(database, first.id)).toBe(false);
  expect(await views.remove(database, 'no id')).toBe(false);
  expect(await views.list(database)).toEqual([]);
});

test('the holder of one project’s token sees and deletes that project’s views only', async () => {
  const { database } = fixture;
  const { project } = await projects.create(database, { name: 'mine' });
  const mine = withAccess(database, { scope: 'write', project });
  const all = await views.save(database, { name: 'sharp', address: '/?q=secret' });
  const own = await views.save(mine, { name: 'sharp', address: '/?q=own' });
  expect(own).toMatchObject({ projectId: project.id, address: '/?q=own' });
  expect((await views.list(mine)).map(({ id }) => id)).toEqual([own.id]);
  expect((await views.list(database)).map(({ id }) => id).sort()).toEqual([all.id, own.id].sort());
  expect(await views.remove(mine, all.id)).toBe(false);
  const reader = withAccess(database, { scope: 'read', project });
  await expect(views.save(reader, { name: 'x', address: '/' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(views.remove(reader, own.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test.each(['https://example.org/', '//example.org/', '/\\example.org', 'runs', `/${'x'.repeat(8000)}`])(
  'the address %j is refused',
  async (address) => {
    await expect(views.save(fixture.database, { name: 'x', address })).rejects.toMatchObject({
      code: 'INVALID',
      field: ['address'],
    });
  },
);
