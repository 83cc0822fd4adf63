import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

interface Report {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
}

async function change(mutation: string, input: object): Promise<Record<string, unknown>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const answer = mutation === 'deleteReport' ? 'deleted' : 'report { id title markdown revision project { name } }';
  const { data, errors } = await api.execute(
    `mutation($input: ${type}) { it: ${mutation}(input: $input) { ${answer} userErrors { code field } } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data?.['it'] ?? {};
}

it('creates, changes, lists and deletes reports', async () => {
  const made = await change('createReport', { title: 'Sharpness', markdown: '# λ₁' });
  const report = made['report'] as Report;
  expect(made).toMatchObject({ report: { title: 'Sharpness', revision: 1, project: { name: 'default' } }, userErrors: [] });
  const edited = await change('editReport', { id: report.id, revision: 1, title: 'Sharper' });
  expect(edited).toMatchObject({ report: { title: 'Sharper', markdown: '# λ₁', revision: 2 } });
  expect(await change('editReport', { id: report.id, revision: 1, title: 'Late' })).toEqual({
    report: null,
    userErrors: [{ code: 'CONFLICT', field: ['revision'] }],
  });
  const { data } = await api.execute(`{ reports { title } report(id: "${report.id}") { revision updatedAt } }`);
  expect(data).toMatchObject({ reports: [{ title: 'Sharper' }], report: { revision: 2 } });
  expect(await change('deleteReport', { id: report.id })).toEqual({ deleted: true, userErrors: [] });
  expect(await change('deleteReport', { id: report.id })).toEqual({ deleted: false, userErrors: [] });
});
