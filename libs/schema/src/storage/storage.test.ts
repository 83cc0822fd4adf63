/** Settings of a server as its schema tells them: storage, cache, engines, projects; and who may ask. */
import { randomUUID } from 'node:crypto';
import type { Access } from '@ritz/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedCache } from '../request/DerivedCache.ts';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
const run = runInput({ project: 'measured' });

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  for (const step of [1, 2]) await api.mutate('recordSpectrum', spectrumInput(run.id, step), 'created');
});
afterAll(() => api.stop());

const limited: Access = { scope: 'admin', project: { id: randomUUID(), name: 'elsewhere' } };

describe('storage', () => {
  const query = `{ storage { databaseBytes tables { name bytes rows } runCount archivedRunCount spectrumCount
    bytesPerSpectrum cache { entries bytes capacity hits misses } } }`;

  it('counts what is stored and what is kept in memory', async () => {
    const cache = derivedCache(1e6);
    await api.execute(`{ run(id: "${run.id}") { trajectory { massNearZero(epsilon: 0.1) } } }`, {}, { cache });
    const { data, errors } = await api.execute(query, {}, { cache });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      storage: { runCount: 1, archivedRunCount: 0, spectrumCount: 2, cache: { capacity: 1e6, hits: 0 } },
    });
    const { storage } = data as unknown as { storage: { bytesPerSpectrum: number; cache: { entries: number } } };
    expect(storage.bytesPerSpectrum).toBeGreaterThan(0);
    expect(storage.cache.entries).toBeGreaterThan(0);
  });

  it('is not told to the token of one project', async () => {
    const { errors } = await api.execute(query, {}, { access: limited });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

describe('engines', () => {
  it('are those of the spectra that the caller sees', async () => {
    const query = '{ engines { engine precision spectrumCount runCount } }';
    expect((await api.execute(query)).data).toEqual({
      engines: [{ engine: 'test', precision: 'FLOAT64', spectrumCount: 2, runCount: 1 }],
    });
    expect((await api.execute(query, {}, { access: limited })).data).toEqual({ engines: [] });
  });
});

describe('projects', () => {
  it('are created once by their name', async () => {
    const fields = 'created project { name runCount }';
    const made = { created: true, project: { name: 'new', runCount: 0 }, userErrors: [] };
    expect(await api.mutate('createProject', { name: 'new' }, fields)).toEqual(made);
    expect(await api.mutate('createProject', { name: 'new' }, fields)).toEqual({ ...made, created: false });
    expect(await api.mutate('createProject', { name: ' ' }, fields)).toMatchObject({
      created: false,
      project: null,
      userErrors: [{ code: 'INVALID', field: ['name'] }],
    });
  });

  it.each<[string, Access]>([
    ['that only reads', { scope: 'read', project: null }],
    ['of another project', limited],
  ])('are not created by a token %s', async (_which, access) => {
    const { errors } = await api.execute(
      'mutation { createProject(input: { name: "x" }) { created } }',
      {},
      { access },
    );
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('are counted by one statement, however many they are', async () => {
    api.statements.length = 0;
    const { data } = await api.execute('{ projects { name runCount archivedRunCount spectrumCount } }');
    expect(data?.['projects']).toContainEqual({ name: 'measured', runCount: 1, archivedRunCount: 0, spectrumCount: 2 });
    expect(api.statements).toHaveLength(2);
  });
});
