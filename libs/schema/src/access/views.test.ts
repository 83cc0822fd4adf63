/** Saved views through the schema: saved, replaced, listed, deleted, and refused to whom only reads. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

const save = `mutation($input: SaveViewInput!) { saveView(input: $input) { view { id name address project { name } } userErrors { code field } } }`;

it('saves an address under a name, replaces it, lists it and deletes it', async () => {
  const first = await api.execute(save, { input: { name: 'sharp', address: '/runs?sort=NAME' } });
  expect(first.errors).toEqual([]);
  const input = { name: 'sharp', address: '/runs?where=lambda1+%3E+50' };
  const { data } = await api.execute(save, { input });
  expect(data).toMatchObject({ saveView: { view: { ...input, project: null }, userErrors: [] } });
  const listed = await api.execute('{ savedViews { id name address } }');
  expect(listed.data).toMatchObject({ savedViews: [input] });
  const id = String((listed.data as unknown as { savedViews: { id: string }[] }).savedViews[0]?.id);
  expect(await api.mutate('deleteView', { id }, 'deleted')).toEqual({ deleted: true, userErrors: [] });
  expect(await api.mutate('deleteView', { id }, 'deleted')).toEqual({ deleted: false, userErrors: [] });
  expect((await api.execute('{ savedViews { id } }')).data).toEqual({ savedViews: [] });
});

it('names the fault of an address that leads elsewhere, and writes nothing for a reader', async () => {
  const elsewhere = await api.execute(save, { input: { name: 'x', address: 'https://example.org/' } });
  expect(elsewhere.data).toEqual({ saveView: { view: null, userErrors: [{ code: 'INVALID', field: ['address'] }] } });
  const reader = { access: { scope: 'read', project: null } } as const;
  const refused = await api.execute(save, { input: { name: 'x', address: '/' } }, reader);
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});
