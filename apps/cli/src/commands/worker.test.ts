import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server } from '@ritz/testing';
import { Platform, Site, stopWorker, until } from '../testing/measuring.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await Platform.start();
});
afterAll(() => platform.stop());

const small = {
  name: 'measured by many',
  architecture: { kind: 'mlp', hidden: [5] },
  data: { kind: 'mnist' },
  schedule: { kind: 'constant', rate: 0.1 },
  steps: 6,
  batchSize: 50,
  testExamples: 100,
  spectra: { steps: [0, 3, 6], examples: 60, lanczosSteps: 8, probes: 3, vectorsPerPass: 2 },
};
/** Parts of seconds, so that each is seen under way with a state in the store. */
const slow = {
  ...small,
  architecture: { kind: 'mlp', hidden: [20] },
  spectra: { steps: [6], examples: 20_000, lanczosSteps: 100, probes: 8, vectorsPerPass: 2, gradientEnergy: false },
};

/** A part that is under way, with a state of at least 20 steps in the store, and the process that has it. */
async function underWay(runId: string): Promise<{ jobId: string; index: number; pid: number }> {
  const { rows } = await until(
    () =>
      platform.server.database.pool.query<{ jobId: string; index: number; name: string }>(
        `select job_id as "jobId", index, name from spectrum_part join worker on worker.id = worker_id
         where job_id in (select id from spectrum_job where run_id = $1)
           and status = 'running' and saved_lease = lease and saved_bytes > 2500000 and steps_done < 90`,
        [runId],
      ),
    ({ rows: found }) => found.length > 0,
  );
  const [{ jobId, index, name } = { jobId: '', index: 0, name: '' }] = rows;
  return { jobId, index, pid: Number(/process (\d+)/.exec(name)?.[1]) };
}

describe('workers', () => {
  it('go on with what one left that was killed mid-Lanczos, to the bits of a single process', async () => {
    const site = await Site.open(platform, slow);
    const runId = await site.train();
    const workers = [1, 2, 3, 4].map(() => site.worker());
    const victim = await underWay(runId);
    process.kill(victim.pid, 'SIGKILL');
    const finished = await platform.all(runId, 'finished');
    const logs: string[] = [];
    for (const worker of workers.filter(({ pid }) => pid !== victim.pid)) {
      const { code, log } = await stopWorker(worker);
      expect(code).toBe(0);
      logs.push(log);
    }
    const part = finished.find(({ id }) => id === victim.jobId)?.parts[victim.index];
    expect(part?.attempts).toBeGreaterThan(1);
    expect(part?.resumedFrom).toBeGreaterThanOrEqual(10);
    expect(logs.join('')).toContain(`resuming from Lanczos step ${part?.resumedFrom}`);
    expect(await platform.storedSpectra(runId)).toEqual(await site.measuredHere());
    // Only the checkpoint is left in the store.
    expect(await site.stored()).toHaveLength(1);
  }, 300_000);

  it('lose and double nothing when PostgreSQL and the API are killed meanwhile and start again', async () => {
    const site = await Site.open(platform, { ...slow, seed: 2 });
    const runId = await site.train();
    const workers = [site.worker(['--concurrency', '2']), site.worker()];
    await underWay(runId);
    await platform.killPostgres();
    await platform.restartApi();
    expect(await site.train()).toBe(runId);
    const finished = await platform.all(runId, 'finished');
    expect(finished).toHaveLength(1);
    expect(await platform.storedSpectra(runId)).toEqual(await site.measuredHere());
    for (const worker of workers) expect((await stopWorker(worker)).code).toBe(0);
  }, 300_000);

  it('measure the blocks of a matrix together, each recorded as a single process records it', async () => {
    const spectra = {
      ...small.spectra,
      steps: [0, 6],
      blocks: { first: 'dense0.*', rest: ['dense1.weight', 'dense1.bias'] },
    };
    const site = await Site.open(platform, { ...small, seed: 4, spectra });
    const runId = await site.train();
    const worker = site.worker();
    const finished = await platform.all(runId, 'finished');
    expect(finished.map(({ request }) => request.blocks !== null).sort()).toEqual([false, false, true, true]);
    const stored = await platform.storedSpectra(runId);
    expect(stored.map(({ step, block }) => [step, block])).toEqual(
      [0, 6].flatMap((step) => ['all', 'first', 'rest'].map((block) => [step, block])),
    );
    expect(stored).toEqual(await site.measuredHere());
    expect((await stopWorker(worker)).code).toBe(0);
  }, 300_000);

  it('take checkpoints from an S3-compatible store and leave their states there', async () => {
    const s3 = await startS3Server();
    try {
      const site = await Site.open(
        platform,
        { ...small, seed: 3 },
        {
          RITZ_STORE: 's3://spectra/team',
          RITZ_S3_ENDPOINT: s3.endpoint,
          ...{ AWS_REGION: 'none', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' },
        },
      );
      const runId = await site.train();
      expect([...s3.objects.keys()].filter((key) => key.startsWith('spectra/team/objects/'))).toHaveLength(3);
      const worker = site.worker();
      await platform.all(runId, 'finished');
      expect(await platform.storedSpectra(runId)).toEqual(await site.measuredHere());
      const { log } = await stopWorker(worker);
      expect(log).toContain('store s3://spectra/team/');
      expect(s3.objects.size).toBe(3);
    } finally {
      await s3.stop();
    }
  }, 300_000);
});
