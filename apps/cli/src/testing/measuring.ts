/** A database, an API and workers as real processes, with what was stored compared to what one process measures. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, type SpectrumJob, type SpectrumPart } from '@ritz/database';
import { testDatabase } from '@ritz/database/testing';
import { startApiProcess, type ApiProcess } from '@ritz/testing';
import { dataDirectory, runRitz, startRitz, type RunningRitz } from './ritz.ts';

export interface Whole extends SpectrumJob {
  readonly parts: readonly SpectrumPart[];
}

type Line = Record<string, unknown>;

/** Polls, as nothing notifies it. Throws after four minutes with what was seen last. */
export async function until<Value>(look: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  for (const started = performance.now(); ;) {
    const value = await look().catch((error: unknown) => error as Value);
    if (!(value instanceof Error) && isThere(value)) return value;
    if (performance.now() - started > 240_000) throw new Error(`Still ${String(value)} ${JSON.stringify(value)}`);
    await sleep(50);
  }
}

/** What a record may leave out. */
const presets = { block: 'all', batchSize: null, gradientEnergy: [], warnings: [] };

/** The spectra in lines of the interchange format, without what no two measurements share; workers compare no spaces of several steps. */
function spectraOf(text: string): Line[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ kind }) => kind === 'spectrum')
    .map(({ seconds: _seconds, createdAt: _createdAt, spaceOverlaps: _spaces, ...rest }): Line => ({
      ...presets,
      ...rest,
    }))
    .sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

function placeOf({ step, block }: Line): string {
  return `${String(step).padStart(9, '0')} ${String(block)}`;
}

/** Started once for a file of tests. */
export class Platform {
  readonly server: Awaited<ReturnType<typeof testDatabase>>;
  api: ApiProcess;

  private constructor(server: Platform['server'], api: ApiProcess) {
    this.server = server;
    this.api = api;
  }

  static async start(): Promise<Platform> {
    const server = await testDatabase();
    return new Platform(server, await startApiProcess({ DATABASE_URL: server.url }));
  }

  async stop(): Promise<void> {
    await this.api.kill();
    await this.server.stop();
  }

  /** As the kernel does when memory is short; at the same port again. */
  async restartApi(): Promise<void> {
    const { port } = new URL(this.api.url);
    await this.api.kill();
    // While PostgreSQL is not back, it says so and ends.
    this.api = await until(
      () => startApiProcess({ DATABASE_URL: this.server.url, RITZ_API_PORT: port }),
      () => true,
    );
  }

  /** The embedded server's keeper starts it again. */
  async killPostgres(): Promise<void> {
    const { rows } = await this.server.database.pool.query<{ pid: string }>(
      `select pg_read_file('postmaster.pid') as pid`,
    );
    process.kill(Number(rows[0]?.pid.split('\n')[0]), 'SIGKILL');
  }

  /** Newest first. */
  async jobsOf(runId: string): Promise<Whole[]> {
    const { items } = await jobs.list(this.server.database, { first: 100 });
    const own = items.filter((job) => job.runId === runId);
    const ids = own.map(({ id }) => id);
    const parts = await jobs.parts(this.server.database, ids);
    return own.map((job, at) => ({ ...job, parts: parts[at] ?? [] }));
  }

  /** Resolves when all jobs of a run have a status, and there are some. */
  all(runId: string, status: SpectrumJob['status']): Promise<Whole[]> {
    return until(
      () => this.jobsOf(runId),
      (found) => found.length > 0 && found.every((job) => job.status === status),
    );
  }

  async storedSpectra(runId: string): Promise<Line[]> {
    return spectraOf(await (await fetch(`${this.api.url}/export/runs/${runId}.jsonl`)).text());
  }
}

/** One test's configuration file, data and store. */
export class Site {
  readonly directory: string;
  readonly environment: Record<string, string>;
  private readonly platform: Platform;

  private constructor(platform: Platform, directory: string, environment: Readonly<Record<string, string>>) {
    this.platform = platform;
    this.directory = directory;
    const store = path.join(directory, 'shared');
    const { url } = platform.server;
    this.environment = { RITZ_DATA: directory, RITZ_STORE: store, DATABASE_URL: url, ...environment };
  }

  /** With `config` in a file. */
  static async open(
    platform: Platform,
    config: object,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Site> {
    const directory = dataDirectory();
    await fs.mkdir(directory, { recursive: true });
    await fs.writeFile(path.join(directory, 'run.yaml'), JSON.stringify(config));
    return new Site(platform, directory, environment);
  }

  get file(): string {
    return path.join(this.directory, 'run.yaml');
  }

  /** Trains and leaves the spectra to workers. @returns the run's id. */
  async train(): Promise<string> {
    const { code, stdout, stderr } = await runRitz(
      ['train', this.file, '--spectra', 'queue', '--url', this.platform.api.url],
      this.environment,
    );
    if (code !== 0 || stdout.includes('could not be sent')) throw new Error(stdout + stderr);
    return /Run ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
  }

  worker(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): RunningRitz {
    const all = ['worker', '--threads', '1', '--lease', '4', ...args];
    return startRitz(all, { ...this.environment, ...environment });
  }

  /** What one process stores of the config. */
  async measuredHere(): Promise<Line[]> {
    const alone = path.join(this.directory, 'alone');
    const { code, stderr } = await runRitz(['train', this.file, '--no-send'], { RITZ_DATA: alone });
    if (code !== 0) throw new Error(stderr);
    const [name = ''] = (await fs.readdir(path.join(alone, 'runs'))).filter((entry) => entry.endsWith('.jsonl'));
    return spectraOf(await fs.readFile(path.join(alone, 'runs', name), 'utf8'));
  }

  /** Every file below the store. */
  async stored(): Promise<string[]> {
    const store = path.join(this.directory, 'shared');
    const entries = await fs.readdir(store, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  }
}

/** Asks a worker to end, and waits for it. */
export async function stopWorker(worker: RunningRitz): Promise<{ code: number | null; log: string }> {
  process.kill(worker.pid, 'SIGTERM');
  const { code, stdout, stderr } = await worker.ended;
  return { code, log: stdout + stderr };
}
