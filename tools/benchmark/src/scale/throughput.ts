/** Measures worker processes on spectra of the paper's validation net. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, runs, type Database } from '@ritz/database';
import { initialParameters, makeArchitecture, loadMnist, parseConfig, writeSafetensors } from '@ritz/training';
import { progress } from './progress.ts';

export interface Place {
  readonly database: Database;
  readonly url: string;
  readonly directory: string;
}

export interface Throughput {
  readonly perMinute: number;
  /** Time inside Lanczos over the workers' wall time. */
  readonly computeShare: number;
  /** Mean compute time of a part. */
  readonly partSeconds: number;
}

const ritz = path.resolve(import.meta.dirname, '../../../../apps/cli/bin/ritz.js');

/** m = 90 and k = 10 as in the paper, over 256 examples; two groups of five probes each. */
const configText = JSON.stringify({
  name: 'scale',
  architecture: { kind: 'mlp', hidden: [20] },
  data: { kind: 'mnist' },
  schedule: { kind: 'constant', rate: 0.1 },
  steps: 1,
  spectra: { examples: 256, lanczosSteps: 90, probes: 10, vectorsPerPass: 5 },
});

/** Time from requesting all spectra to recording the last; each worker measured one before, to warm up. */
export async function measureThroughput(place: Place, workers: number, spectra: number): Promise<Throughput> {
  const { database, directory, url } = place;
  const store = path.join(directory, 'store');
  const env = { ...process.env, DATABASE_URL: url, RITZ_DATA: directory, RITZ_STORE: store };
  const runId = await createRun(database);
  const checkpoint = await putCheckpoint(store);
  const processes = Array.from({ length: workers }, () => startWorker(env));
  const finished = (wanted: number): Promise<void> => untilFinished(database, runId, wanted, processes);
  try {
    while ((await jobs.workers(database)).filter(({ alive }) => alive).length < workers) {
      throwIfEnded(processes);
      await sleep(50);
    }
    await ask(database, runId, checkpoint, workers, 0);
    await finished(workers);
    const started = performance.now();
    await ask(database, runId, checkpoint, spectra, workers);
    await finished(workers + spectra);
    const seconds = (performance.now() - started) / 1000;
    const { rows } = await database.pool.query<{ seconds: number; count: number }>(
      `select sum((result->>'seconds')::float8) as seconds, count(*)::int as count
       from spectrum_part join spectrum_job on id = job_id
       where run_id = $1 and step_number >= $2 and probe_count > 0`,
      [runId, workers],
    );
    const [{ seconds: compute, count } = { seconds: 0, count: 1 }] = rows;
    return {
      perMinute: (60 * spectra) / seconds,
      computeShare: compute / (seconds * workers),
      partSeconds: compute / count,
    };
  } finally {
    for (const { child } of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }
}

interface WorkerProcess {
  readonly child: ChildProcess;
  /** What it printed on standard error so far. */
  log(): string;
}

function startWorker(env: NodeJS.ProcessEnv): WorkerProcess {
  const child = spawn(process.execPath, [ritz, 'worker', '--threads', '1'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return { child, log: () => log };
}

function throwIfEnded(processes: readonly WorkerProcess[]): void {
  const ended = processes.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
  if (ended) throw new Error(`A worker ended:\n${ended.log()}`);
}

/** Throws an Error when a spectrum failed or a worker ended. */
async function untilFinished(
  database: Database,
  runId: string,
  wanted: number,
  processes: readonly WorkerProcess[],
): Promise<void> {
  for (let known = -1; known < wanted; await sleep(50)) {
    const { rows } = await database.pool.query<{ finished: number; failure: string | null }>(
      `select count(*) filter (where status = 'finished')::int as finished,
         max(failure) filter (where status = 'failed') as failure
       from spectrum_job where run_id = $1`,
      [runId],
    );
    const [{ finished, failure } = { finished: 0, failure: null }] = rows;
    if (failure !== null) throw new Error(`A spectrum failed: ${failure}`);
    throwIfEnded(processes);
    if (finished > known) progress(`workers: ${processes.length}; spectra: ${finished} of ${wanted}`);
    known = finished;
  }
}

async function createRun(database: Database): Promise<string> {
  const { run } = await runs.create(database, {
    id: randomUUID(),
    name: 'scale',
    architecture: 'mlp-784-20-10-relu',
    dataset: 'mnist',
    optimiser: 'none',
    schedule: { kind: 'constant', initial: 0.1 },
    seed: 1,
    config: JSON.parse(configText) as never,
  });
  return run.id;
}

async function putCheckpoint(store: string): Promise<string> {
  const { architecture } = parseConfig('scale', configText);
  const { train } = await loadMnist();
  const parameters = initialParameters(makeArchitecture(architecture, train), 1);
  const file = path.join(store, 'checkpoint');
  const tensors = { parameters: { shape: [parameters.length], data: parameters } };
  await writeSafetensors(file, { tensors, metadata: {} });
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const folder = path.join(store, 'objects', hash.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await rename(file, path.join(folder, hash));
  return hash;
}

async function ask(database: Database, runId: string, checkpoint: string, count: number, first: number): Promise<void> {
  for (let step = first; step < first + count; step++) {
    await jobs.request(database, {
      ...{ id: randomUUID(), runId, step, source: { kind: 'checkpoint', checkpoint } },
      probeGroups: [5, 5],
    });
  }
}
