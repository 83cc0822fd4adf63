import { randomUUID } from 'node:crypto';
import { jobs } from '@ritz/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput } from '../testing/seed.ts';

let api: TestSchema;
let runId: string;
beforeAll(async () => {
  api = await testSchema();
  const run = runInput();
  runId = run.id;
  await api.mutate('createRun', run, 'created');
});
afterAll(() => api.stop());

const hash = 'ab'.repeat(32);

function input(overrides: Readonly<Record<string, unknown>> = {}) {
  return { id: randomUUID() as string, runId, step: 4, source: { checkpoint: hash }, ...overrides };
}

const fields = 'created job { id spectrumId status step engine parts { firstProbe probeCount status } }';

describe('requestSpectrum', () => {
  it('asks once for a spectrum, in groups of at most four probes', async () => {
    const wanted = input({ engine: 'ONNX_CUDA' });
    const asked = await api.mutate('requestSpectrum', wanted, fields);
    expect(asked).toMatchObject({
      created: true,
      job: { id: `job_${wanted.id}`, spectrumId: wanted.id, status: 'QUEUED', step: 4, engine: 'ONNX_CUDA' },
      userErrors: [],
    });
    expect(asked).toMatchObject({
      job: { parts: [4, 3, 3, 0].map((probeCount) => ({ probeCount, status: 'QUEUED' })) },
    });
    expect(await api.mutate('requestSpectrum', wanted, 'created')).toMatchObject({ created: false });
  });

  it.each<[string, Record<string, unknown>, { code: string; field: string[] }]>([
    ['no network', { source: {} }, { code: 'INVALID', field: ['source', 'model'] }],
    ['two networks', { source: { checkpoint: hash, model: hash } }, { code: 'INVALID', field: ['source', 'model'] }],
    [
      'a name in place of a hash',
      { source: { checkpoint: 'best.pt' } },
      { code: 'INVALID', field: ['source', 'checkpoint'] },
    ],
    ['groups of other probes', { probeGroups: [1, 2] }, { code: 'INVALID', field: ['probeGroups'] }],
    ['a run that is not there', { runId: randomUUID() }, { code: 'NOT_FOUND', field: ['runId'] }],
  ])('refuses %s', async (_, overrides, error) => {
    const answer = await api.mutate('requestSpectrum', input(overrides), 'created');
    expect(answer).toMatchObject({ created: false, userErrors: [error] });
  });
});

describe('the queue', () => {
  it('shows jobs with their progress, workers with their heartbeats, and how much waits', async () => {
    const wanted = input({ probes: 4, lanczosSteps: 10, probeGroups: [2, 2] });
    await api.mutate('requestSpectrum', wanted, 'created');
    const workerId = await jobs.register(api.database, { name: 'rack 3', engine: 'onnx-cpu', concurrency: 2 });
    const part = await jobs.take(api.database, { workerId, engine: 'onnx-cpu', leaseSeconds: 60 });
    if (!part) throw new Error('Nothing was due.');
    const progress = { lease: part.lease, stepsDone: 5, resumedFrom: null, savedBytes: null };
    await jobs.heartbeat(api.database, workerId, [progress], 60);
    const { data, errors } = await api.execute(
      `query($id: ID!) {
        queueDepth { queued running }
        workers { name alive running concurrency }
        spectrumJob(id: $id) { status progress spectrum { id } run { name } parts { status stepsDone workerName } }
        spectrumJobs(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } }
      }`,
      { id: wanted.id },
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      queueDepth: { running: 1 },
      workers: [{ name: 'rack 3', alive: true, running: 1, concurrency: 2 }],
      spectrumJob: {
        status: 'RUNNING',
        progress: 0.25,
        spectrum: null,
        run: { name: 'a run' },
        parts: [{ status: 'RUNNING', stepsDone: 5, workerName: 'rack 3' }, { status: 'QUEUED' }, { status: 'QUEUED' }],
      },
      spectrumJobs: { totalCount: 2, nodes: [{ id: `job_${wanted.id}` }], pageInfo: { hasNextPage: true } },
    });
    const cancelled = await api.mutate('cancelSpectrumJob', { id: wanted.id }, 'job { status parts { status } }');
    expect(cancelled).toMatchObject({ job: { status: 'CANCELLED' } });
    const again = await api.mutate('retrySpectrumJob', { id: `job_${wanted.id}` }, 'job { status }');
    expect(again).toMatchObject({ job: { status: 'QUEUED' }, userErrors: [] });
    const missing = await api.mutate('cancelSpectrumJob', { id: randomUUID() }, 'job { id }');
    expect(missing).toMatchObject({ job: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
  });

  it('shows a token of one project nothing of the others, and lets a reader change nothing', async () => {
    const access = { scope: 'write', project: { id: randomUUID(), name: 'another' } } as const;
    const { data } = await api.execute('{ queueDepth { queued } spectrumJobs { totalCount } }', {}, { access });
    expect(data).toEqual({ queueDepth: { queued: 0 }, spectrumJobs: { totalCount: 0 } });
    const { errors } = await api.execute(
      'mutation($input: CancelSpectrumJobInput!) { cancelSpectrumJob(input: $input) { job { id } } }',
      { input: { id: randomUUID() } },
      { access: { scope: 'read', project: null } },
    );
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
