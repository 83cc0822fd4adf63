import { randomUUID } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tokens } from '@ritz/database';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { temporaryFolder } from '@ritz/testing/vitest';
import { startApiProcess, type ApiProcess } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runRitz, startRitz } from '../testing/ritz.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.stop());

async function startApi(port = 0): Promise<ApiProcess> {
  const api = await startApiProcess({ DATABASE_URL: database.url, RITZ_API_PORT: String(port) });
  onTestFinished(api.kill);
  return api;
}

const spectrumCount = 300;
const alpha = Array.from({ length: 90 }, (_, at) => Math.sin(at) / 3);

function records(runId: string): object[] {
  const run = { v: 1, kind: 'run', id: runId, name: 'pushed', architecture: 'mlp', dataset: 'mnist', optimiser: 'sgd' };
  const spectra = Array.from({ length: spectrumCount }, (_, step) => ({
    ...{ v: 1, kind: 'spectrum', id: randomUUID(), runId, step, parameterCount: 1000, lanczosSteps: 90, seed: 1 },
    ...{ precision: 'FLOAT64', dataSize: 10, dataFingerprint: 'x', hvpCount: 900, seconds: 1, engine: 'test' },
    probes: Array.from({ length: 10 }, (_, index) => ({ index, seed: index, alpha, beta: alpha })),
  }));
  return [{ ...run, schedule: { kind: 'CONSTANT', initial: 0.1 }, seed: 1 }, ...spectra];
}

const lines = (all: readonly object[]): string => all.map((record) => `${JSON.stringify(record)}\n`).join('');

async function stored(runId: string): Promise<number> {
  const { rows } = await database.database.pool.query<{ count: number }>(
    'select count(*)::int as count from spectrum s where run_id = $1 and (select count(*) from probe where spectrum_id = s.id) = 10',
    [runId],
  );
  return rows[0]?.count ?? 0;
}

/** Resolves once some, but not all, spectra of the run are stored. */
async function underWay(runId: string): Promise<void> {
  await expect.poll(() => stored(runId), { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
  expect(await stored(runId)).toBeLessThan(spectrumCount);
}

describe('ritz push', () => {
  it('stores every line once, though the API is killed while it takes them in', async () => {
    const runId = randomUUID();
    const file = path.join(await temporaryFolder(), 'run.jsonl');
    await writeFile(file, lines(records(runId)));
    const api = await startApi();
    const pushing = startRitz(['push', file, '--url', api.url]);
    await underWay(runId);
    await api.kill();
    const acknowledged = await stored(runId);
    await startApi(Number(new URL(api.url).port));
    const { code, stdout, stderr } = await pushing.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Connection lost') });
    expect(await stored(runId)).toBe(spectrumCount);
    expect(acknowledged).toBeGreaterThan(0);
    const counts = /(\d+) new, 0 completed, (\d+) already stored/.exec(stdout);
    expect(Number(counts?.[1]) + Number(counts?.[2])).toBe(spectrumCount + 1);
  });

  it('goes on after it was killed itself, sends what was appended, and then nothing', async () => {
    const runId = randomUUID();
    const all = records(runId);
    const file = path.join(await temporaryFolder(), 'run.jsonl');
    await writeFile(file, lines(all));
    const api = await startApi();
    const first = startRitz(['push', file, '--url', api.url]);
    await underWay(runId);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    expect((await runRitz(['push', file, '--url', api.url])).code).toBe(0);
    expect(await stored(runId)).toBe(spectrumCount);
    await appendFile(file, lines([{ v: 1, kind: 'finish', runId, status: 'FINISHED' }]));
    const appended = await runRitz(['push', file, '--url', api.url]);
    expect(appended.stdout).toContain('were already pushed.');
    expect(appended.stdout).toContain('0 new, 1 completed, 0 already stored');
    expect((await runRitz(['push', file, '--url', api.url])).stdout).toContain('0 new, 0 completed, 0 already stored');
  });

  it('says which lines are refused, and why, and stores the others', async () => {
    const runId = randomUUID();
    const file = path.join(await temporaryFolder(), 'run.jsonl');
    const wrong = { v: 1, kind: 'step', runId, number: -1 };
    await writeFile(file, lines([...records(runId).slice(0, 2), wrong]));
    const api = await startApi();
    const { code, stderr, stdout } = await runRitz(['push', file, '--url', api.url]);
    expect(code).toBe(1);
    expect(stderr).toContain('number: expected an integer from 0 to 2147483647, got -1.');
    expect(stderr).toContain(`1 lines of ${file} were refused`);
    expect(stdout).toContain('2 new');
  });

  it('sends lines again that were refused for want of their run, once it is there', async () => {
    const runId = randomUUID();
    const folder = await temporaryFolder();
    const [early, file] = [path.join(folder, 'early.jsonl'), path.join(folder, 'run.jsonl')];
    await writeFile(early, lines([{ v: 1, kind: 'step', runId, number: 1 }]));
    await writeFile(file, lines(records(runId).slice(0, 1)));
    const api = await startApi();
    const push = (name: string) => runRitz(['push', name, '--url', api.url]);
    expect(await push(early)).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no run') });
    expect((await push(file)).code).toBe(0);
    expect(await push(early)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 new') });
  });

  it('refuses at once what is not a file of records', async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runRitz(['push', folder, '--url', 'http://127.0.0.1:9']);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${folder}: expected a file of records`)]);
    expect(stderr).not.toContain('again in');
  });

  it('gives up at once without a token where one is needed, and never shows the one it has', async () => {
    const file = path.join(await temporaryFolder(), 'run.jsonl');
    await writeFile(file, lines(records(randomUUID()).slice(0, 1)));
    const { token, secret } = await tokens.create(database.database, { name: 'push', scope: 'write' });
    const api = await startApi();
    const none = await runRitz(['push', file, '--url', api.url]);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('answered 401');
    expect((await runRitz(['push', file, '--url', api.url], { RITZ_TOKEN: secret })).code).toBe(0);
    await tokens.revoke(database.database, token.id);
    await appendFile(file, '{}\n');
    const revoked = await runRitz(['push', file, '--url', api.url], { RITZ_TOKEN: secret });
    expect(revoked.code).toBe(1);
    expect(revoked.stderr).not.toContain(secret);
  });
});
