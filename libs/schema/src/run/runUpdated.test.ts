import { randomUUID } from 'node:crypto';
import { parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAccess } from '@ritz/database';
import { createContext } from '../request/context.ts';
import { schema } from '../schema.ts';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

async function follow(id: string, database = api.database): Promise<AsyncGenerator<ExecutionResult, void>> {
  const document = parse(
    'subscription($id: ID!) { runUpdated(id: $id) { name status history { step } spectra { id } } }',
  );
  const result = await subscribe({ schema, document, variableValues: { id }, contextValue: createContext(database) });
  if (!(Symbol.asyncIterator in result)) throw new Error(JSON.stringify(result.errors));
  return result as AsyncGenerator<ExecutionResult, void>;
}

/** The next state of the run, as data. */
async function next(stream: AsyncGenerator<ExecutionResult, void>): Promise<unknown> {
  const { value, done } = await stream.next();
  return done || !value ? 'ended' : structuredClone(value.data?.['runUpdated'] ?? value.errors);
}

describe('runUpdated', () => {
  it('tells the run at once, and again after every change, fresh each time', async () => {
    const input = runInput();
    await api.mutate('createRun', input, 'created');
    const stream = await follow(input.id);
    expect(await next(stream)).toMatchObject({ name: 'a run', status: 'RUNNING', history: { step: [] }, spectra: [] });
    await api.mutate('logSteps', { runId: input.id, steps: [{ number: 4 }] }, '__typename');
    expect(await next(stream)).toMatchObject({ history: { step: [4] } });
    const spectrum = spectrumInput(input.id, 5);
    await api.mutate('recordSpectrum', spectrum, 'created');
    expect(await next(stream)).toMatchObject({ history: { step: [4, 5] }, spectra: [{ id: spectrum.id }] });
    await api.mutate('updateRun', { id: input.id, name: 'renamed' }, '__typename');
    expect(await next(stream)).toMatchObject({ name: 'renamed' });
    await api.mutate('deleteRun', { id: input.id }, 'deleted');
    expect(await next(stream)).toBe('ended');
  });

  it('is empty for a run that does not exist, or not for this token', async () => {
    expect(await next(await follow(randomUUID()))).toBe('ended');
    const input = runInput();
    await api.mutate('createRun', input, 'created');
    const stranger = withAccess(api.database, { scope: 'admin', project: { id: randomUUID(), name: 'elsewhere' } });
    expect(await next(await follow(input.id, stranger))).toBe('ended');
  });

  it('refuses what is no UUID', async () => {
    await expect(follow('x')).rejects.toThrow(/expected a UUID/);
  });

  it('leaves no listener behind, also when its reader goes while waiting', async () => {
    const input = runInput();
    await api.mutate('createRun', input, 'created');
    const stream = await follow(input.id);
    await next(stream);
    const waiting = next(stream);
    await stream.return();
    expect(await waiting).toBe('ended');
    const listeners = `select count(*)::int as count from pg_stat_activity where application_name = 'ritz changes'`;
    await expect.poll(async () => (await api.database.pool.query(listeners)).rows).toEqual([{ count: 0 }]);
  });
});

describe('runsUpdated', () => {
  const followAll = async (
    database = api.database,
    field = 'runsUpdated',
  ): Promise<AsyncGenerator<ExecutionResult, void>> => {
    const document = parse(`subscription { told: ${field} }`);
    const result = await subscribe({ schema, document, contextValue: createContext(database) });
    if (!(Symbol.asyncIterator in result)) throw new Error(JSON.stringify(result.errors));
    return result as AsyncGenerator<ExecutionResult, void>;
  };
  const told = async (stream: AsyncGenerator<ExecutionResult, void>): Promise<unknown> => {
    const { value, done } = await stream.next();
    return done || !value ? 'ended' : (value.data?.['told'] ?? value.errors);
  };

  it('tells that it listens, then which runs are written to', async () => {
    const stream = await followAll();
    expect(await told(stream)).toEqual([]);
    const input = runInput();
    await api.mutate('createRun', input, 'created');
    expect(await told(stream)).toEqual([input.id]);
    await api.mutate('deleteRun', { id: input.id }, 'deleted');
    expect(await told(stream)).toEqual([input.id]);
    await stream.return();
    expect(await told(stream)).toBe('ended');
  });

  it('tells of one project where that is asked for', async () => {
    const stream = await followAll(api.database, 'runsUpdated(project: "wanted")');
    expect(await told(stream)).toEqual([]);
    await api.mutate('createRun', runInput({ project: 'other' }), 'created');
    const wanted = runInput({ project: 'wanted' });
    await api.mutate('createRun', wanted, 'created');
    expect(await told(stream)).toEqual([wanted.id]);
    await stream.return();
  });

  it('tells of jobs of the queue', async () => {
    const run = runInput();
    await api.mutate('createRun', run, 'created');
    const stream = await followAll(api.database, 'jobsUpdated');
    expect(await told(stream)).toEqual([]);
    const id = randomUUID();
    const request = { id, runId: run.id, step: 4, source: { checkpoint: 'a'.repeat(64) } };
    expect(await api.mutate('requestSpectrum', request, 'created')).toMatchObject({ userErrors: [] });
    expect(await told(stream)).toEqual([`job_${id}`]);
    await api.mutate('cancelSpectrumJob', { id }, 'job { id }');
    expect(await told(stream)).toEqual([`job_${id}`]);
    await stream.return();
  });

  it('tells the token of a project about its runs only', async () => {
    const own = runInput({ project: 'own' });
    await api.mutate('createRun', own, 'created');
    const { data } = await api.execute(`{ run(id: "${own.id}") { project { id } } }`);
    const { run } = data as unknown as { run: { project: { id: string } } };
    const stream = await followAll(
      withAccess(api.database, { scope: 'read', project: { id: run.project.id, name: 'own' } }),
    );
    expect(await told(stream)).toEqual([]);
    await api.mutate('createRun', runInput({ project: 'foreign' }), 'created');
    await api.mutate('logSteps', { runId: own.id, steps: [{ number: 1 }] }, '__typename');
    expect(await told(stream)).toEqual([own.id]);
    await stream.return();
  });
});
