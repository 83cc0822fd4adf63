/** Who sees and does what, asked through the schema: a token of another project sees nothing of a run. */
import { randomUUID } from 'node:crypto';
import { tokens, type Access } from '@ritz/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput({ project: 'secret', name: 'hidden name', experiment: 'hidden experiment' });
const spectrum = spectrumInput(run.id, 7);

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  await api.mutate('recordSpectrum', spectrum, 'created');
});
afterAll(() => api.stop());

async function access(scope: Access['scope'], project: string | null): Promise<Access> {
  const { secret } = await tokens.create(api.database, { name: 'test', scope, project });
  const found = await tokens.recognise(api.database, secret);
  if (!found) throw new Error('The token is not recognised.');
  return found;
}

const mutation = (name: string, fields: string) =>
  `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`;

describe('the token of another project', () => {
  it('finds nothing, by whatever path', async () => {
    const other = await access('admin', 'open');
    const { data: ids } = await api.execute(
      `{ run(id: "${run.id}") { project { id } experiment { id } step(number: 7) { id } } }`,
    );
    const { run: found } = ids as unknown as { run: Record<'project' | 'experiment' | 'step', { id: string }> };
    const nodes = [run.id, spectrum.id, found.project.id, found.experiment.id, found.step.id];
    for (const id of nodes) {
      const { data } = await api.execute('query($id: ID!) { node(id: $id) { id } }', { id }, { access: other });
      expect(data).toEqual({ node: null });
    }
    const { data, errors } = await api.execute(
      `{ run(id: "${run.id}") { id } spectrum(id: "${spectrum.id}") { id } runs { totalCount nodes { id } }
         filtered: runs(filter: { project: "secret" }) { totalCount } projects { name } runGroups(by: [ARCHITECTURE]) { count }
         tokens { name } access { scope project { name } } }`,
      {},
      { access: other },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      run: null,
      spectrum: null,
      runs: { totalCount: 0, nodes: [] },
      filtered: { totalCount: 0 },
      projects: [{ name: 'open' }],
      runGroups: [],
      tokens: [{ name: 'test' }],
      access: { scope: 'ADMIN', project: { name: 'open' } },
    });
    const compared = await api.execute(`{ compare(runs: ["${run.id}"]) { alignment } }`, {}, { access: other });
    expect(compared.errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('there is no run') },
    ]);
  });

  it.each([
    ['logSteps', { runId: run.id, steps: [{ number: 1 }] }],
    ['recordSpectrum', spectrumInput(run.id, 8)],
    ['recordSpectra', { spectra: [spectrumInput(run.id, 8)] }],
    ['finishRun', { id: run.id }],
    ['updateRun', { id: run.id, name: 'mine now' }],
    ['tagRun', { id: run.id, add: ['x'] }],
  ])('%s answers NOT_FOUND', async (name, input) => {
    const other = await access('admin', 'open');
    const { data, errors } = await api.execute(mutation(name, '__typename'), { input }, { access: other });
    expect(errors).toEqual([]);
    expect(data?.[name]).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('deletes nothing and learns nothing', async () => {
    const other = await access('admin', 'open');
    const deleted = await api.execute(mutation('deleteRun', 'deleted'), { input: { id: run.id } }, { access: other });
    expect(deleted.data).toMatchObject({ deleteRun: { deleted: false } });
    const taken = await api.execute(
      mutation('createRun', 'run { name }'),
      { input: runInput({ id: run.id, project: 'open' }) },
      { access: other },
    );
    expect(taken.data).toMatchObject({ createRun: { run: null, userErrors: [{ code: 'CONFLICT', field: ['id'] }] } });
    expect(JSON.stringify([deleted, taken])).not.toMatch(/secret|hidden/);
    const { data } = await api.execute(`{ run(id: "${run.id}") { name } }`);
    expect(data).toEqual({ run: { name: 'hidden name' } });
  });
});

describe('a scope', () => {
  it.each([
    ['read', 'createRun', () => runInput({ project: 'secret' })],
    ['read', 'updateRun', () => ({ id: run.id, name: 'x' })],
    ['read', 'recordSpectrum', () => spectrumInput(run.id, 9)],
    ['read', 'createToken', () => ({ name: 'x', scope: 'READ', project: 'secret' })],
    ['write', 'deleteRun', () => ({ id: run.id })],
    ['write', 'createToken', () => ({ name: 'x', scope: 'READ', project: 'secret' })],
    ['write', 'revokeToken', () => ({ id: randomUUID() })],
    ['admin', 'createToken', () => ({ name: 'x', scope: 'READ', project: 'another' })],
    ['admin', 'createRun', () => runInput({ project: 'another' })],
  ] as const)('%s may not %s: FORBIDDEN, as a GraphQL error', async (scope, name, input) => {
    const limited = await access(scope, 'secret');
    const { errors } = await api.execute(mutation(name, '__typename'), { input: input() }, { access: limited });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN', path: name }]);
  });

  it('below ADMIN sees no tokens', async () => {
    const { errors } = await api.execute('{ tokens { name } }', {}, { access: await access('write', null) });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

describe('tokens', () => {
  it('are made, used and revoked by administrators', async () => {
    const made = await api.mutate(
      'createToken',
      { name: 'ci', scope: 'WRITE', project: 'ci' },
      'secret token { id name scope projectName revokedAt }',
    );
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^ritz_/),
      token: { name: 'ci', scope: 'WRITE', projectName: 'ci', revokedAt: null },
      userErrors: [],
    });
    const { id } = made['token'] as unknown as { id: string };
    const secret = String(made['secret']);
    expect(await tokens.recognise(api.database, secret)).toMatchObject({ scope: 'write' });
    expect(await api.mutate('revokeToken', { id }, 'token { revokedAt }')).toMatchObject({
      token: { revokedAt: expect.stringMatching(/Z$/) },
      userErrors: [],
    });
    expect(await tokens.recognise(api.database, secret)).toBeNull();
    expect(await api.mutate('createToken', { name: '', scope: 'READ' }, 'secret')).toMatchObject({
      secret: null,
      userErrors: [{ code: 'INVALID', field: ['name'] }],
    });
  });
});
