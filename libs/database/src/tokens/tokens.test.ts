/** Tokens: shown once, recognised by their hash, ended by being revoked, blind outside their project. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withAccess } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import * as experiments from '../experiments/find.ts';
import * as overlaps from '../overlaps/find.ts';
import * as probes from '../probes/find.ts';
import * as projects from '../projects/find.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';
import * as tokens from './tokens.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase();
  ({ database } = fixture);
});
afterAll(() => fixture.stop());

async function holder(secret: string): Promise<Database> {
  const access = await tokens.recognise(database, secret);
  if (access === null) throw new Error('The token is not recognised.');
  return withAccess(database, access);
}

describe('tokens', () => {
  test('are recognised by their secret, which is stored nowhere', async () => {
    expect(await tokens.anyUsable(database)).toBe(false);
    const { token, secret } = await tokens.create(database, { name: 'ci', scope: 'write', project: 'mine' });
    expect(secret).toMatch(/^ritz_[\w-]{43}$/);
    expect(token).toMatchObject({ name: 'ci', scope: 'write', projectName: 'mine', lastUsedAt: null, revokedAt: null });
    expect(await tokens.anyUsable(database)).toBe(true);
    const access = await tokens.recognise(database, secret);
    expect(access).toEqual({ tokenId: token.id, scope: 'write', project: { id: token.projectId, name: 'mine' } });
    expect((await tokens.list(database))[0]?.lastUsedAt).toBeInstanceOf(Date);
    const { rows } = await database.pool.query<Record<string, unknown>>('select t::text as row from token t');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(5));
  });

  test.each(['', 'ritz_', 'nonsense', `ritz_${'A'.repeat(43)}`, "ritz_' or 1=1; --"])(
    '%j is nobody’s',
    async (secret) => {
      expect(await tokens.recognise(database, secret)).toBeNull();
    },
  );

  test('end when they are revoked, once and for all', async () => {
    const { token, secret } = await tokens.create(database, { name: 'short', scope: 'read' });
    const revoked = await tokens.revoke(database, token.id);
    expect(revoked.revokedAt).toBeInstanceOf(Date);
    expect(await tokens.recognise(database, secret)).toBeNull();
    expect(await tokens.revoke(database, token.id)).toEqual(revoked);
    await expect(tokens.revoke(database, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('are made and seen by administrators, of their own project only', async () => {
    const writer = await holder((await tokens.create(database, { name: 'w', scope: 'write' })).secret);
    const admin = await holder((await tokens.create(database, { name: 'a', scope: 'admin', project: 'A' })).secret);
    await expect(tokens.create(writer, { name: 'x', scope: 'read' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(tokens.list(writer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(tokens.create(admin, { name: 'x', scope: 'read' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(tokens.create(admin, { name: 'x', scope: 'read', project: 'B' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      field: ['project'],
    });
    const { token } = await tokens.create(admin, { name: 'x', scope: 'read', project: 'A' });
    expect((await tokens.list(admin)).map(({ name }) => name)).toEqual(['a', 'x']);
    const { token: other } = await tokens.create(database, { name: 'b', scope: 'read', project: 'B' });
    await expect(tokens.revoke(admin, other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await tokens.revoke(admin, token.id)).revokedAt).toBeInstanceOf(Date);
  });

  test.each([
    ['name', { name: ' ', scope: 'read' as const }],
    ['project', { name: 'x', scope: 'read' as const, project: '' }],
  ])('refuse a bad %s', async (field, input) => {
    await expect(tokens.create(database, input)).rejects.toMatchObject({ code: 'INVALID', field: [field] });
  });
});

describe('to the token of another project', () => {
  test('nothing of a run exists, and nothing can be done to it', async () => {
    const { id } = (await runs.create(database, exampleRun({ project: 'secret' }))).run;
    await steps.log(database, { runId: id, steps: [{ number: 1 }] });
    const { spectrum } = await spectra.record(database, exampleSpectrum(id));
    const wrong = await spectra.record(database, exampleSpectrum(id, { seed: 99 }));
    await spectra.remove(database, wrong.spectrum.id, 'of another network');
    const run = await runs.get(database, id);
    const other = await holder((await tokens.create(database, { name: 'o', scope: 'admin', project: 'open' })).secret);
    const none = { totalCount: 0, items: [] };

    expect(await runs.byIds(other, [run.id])).toEqual([null]);
    expect(await runs.list(other)).toMatchObject(none);
    expect(await steps.list(other, run.id)).toMatchObject(none);
    expect(await steps.byNumbers(other, [{ runId: run.id, number: 1 }])).toEqual([null]);
    expect((await steps.history(other, run.id)).number).toEqual([]);
    expect(await spectra.byIds(other, [spectrum.id])).toEqual([null]);
    expect(await spectra.byRuns(other, [run.id])).toEqual([[]]);
    expect(await spectra.bySteps(other, [{ runId: run.id, number: 10 }])).toEqual([[]]);
    expect(await spectra.list(other)).toMatchObject(none);
    expect(await spectra.deletions(other, run.id)).toEqual([]);
    expect(await probes.bySpectra(other, [spectrum.id])).toEqual([[]]);
    expect(await overlaps.bySpectra(other, [spectrum.id])).toEqual([[]]);
    expect(await projects.byIds(other, [run.projectId])).toEqual([null]);
    expect((await projects.list(other)).map(({ name }) => name)).toEqual(['open']);
    expect(await experiments.byIds(other, [run.experimentId])).toEqual([null]);
    expect(await experiments.byProjects(other, [run.projectId])).toEqual([[]]);
    expect((await experiments.list(other)).filter(({ projectId }) => projectId === run.projectId)).toEqual([]);

    const notFound = { code: 'NOT_FOUND' };
    await expect(steps.log(other, { runId: run.id, steps: [{ number: 2 }] })).rejects.toMatchObject(notFound);
    await expect(spectra.record(other, exampleSpectrum(run.id, { step: 3 }))).rejects.toMatchObject(notFound);
    await expect(runs.finish(other, run.id)).rejects.toMatchObject(notFound);
    await expect(runs.edit(other, run.id, { name: 'mine now' })).rejects.toMatchObject(notFound);
    await expect(runs.tag(other, run.id, { add: ['x'] })).rejects.toMatchObject(notFound);
    expect(await runs.remove(other, run.id)).toBe(false);
    expect(await spectra.remove(other, spectrum.id, 'not mine')).toBeNull();
    await expect(runs.create(other, exampleRun({ project: 'secret' }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(runs.create(other, exampleRun({ id: run.id, project: 'open' }))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.not.stringContaining('secret'),
    });
    expect(await runs.get(database, run.id)).toEqual(run);
  });

  test('a scope that reads writes nothing, one that writes deletes nothing', async () => {
    const { run } = await runs.create(database, exampleRun({ project: 'mine' }));
    const reader = await holder((await tokens.create(database, { name: 'r', scope: 'read', project: 'mine' })).secret);
    const writer = await holder((await tokens.create(database, { name: 'w', scope: 'write', project: 'mine' })).secret);
    const forbidden = { code: 'FORBIDDEN' };
    await expect(runs.create(reader, exampleRun({ project: 'mine' }))).rejects.toMatchObject(forbidden);
    await expect(runs.edit(reader, run.id, { name: 'x' })).rejects.toMatchObject(forbidden);
    await expect(runs.finish(reader, run.id)).rejects.toMatchObject(forbidden);
    await expect(steps.log(reader, { runId: run.id, steps: [] })).rejects.toMatchObject(forbidden);
    await expect(spectra.record(reader, exampleSpectrum(run.id))).rejects.toMatchObject(forbidden);
    await expect(runs.remove(writer, run.id)).rejects.toMatchObject(forbidden);
    expect((await runs.edit(writer, run.id, { name: 'x' })).name).toBe('x');
  });
});
