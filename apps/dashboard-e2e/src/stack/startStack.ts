/** What the browser talks to, all of it real: an embedded PostgreSQL with a directory of its own, the API, the dashboard. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startProcess, type RunningProcess } from './startProcess.ts';

export interface Service {
  /** Its origin. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface Stack {
  readonly api: Service;
  readonly dashboard: Service;
  /** Ends the API as a crash would. */
  killApi(): Promise<void>;
  /** Starts it again where it was, on the same database. */
  restartApi(): Promise<void>;
  /** The secret of a new token that may do everything, made as its administrator makes it. */
  createToken(name: string): Promise<string>;
  stop(): Promise<void>;
}

const repository = path.resolve(import.meta.dirname, '../../../..');

/** A port that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return address.port;
}

/** The API on the database in `data`, which is made if there is none; port 0 = any. */
async function startApi(data: string, port: string): Promise<RunningProcess> {
  return startProcess({
    name: 'API',
    args: [path.join(repository, 'apps/api/dist/main.js')],
    // An empty DATABASE_URL means the embedded server, whatever the caller's environment names.
    env: { DATABASE_URL: '', RITZ_DATA: data, RITZ_HOST: '127.0.0.1', RITZ_API_PORT: port, RITZ_LOG: 'warn' },
    cwd: repository,
    ready: /^ready (http\S+)$/m,
  });
}

/** The built dashboard, asking the API at `apiUrl`, whether something answers there or not. */
export async function startDashboard(apiUrl: string): Promise<Service> {
  const directory = path.join(repository, 'apps/dashboard');
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  const { match, stop } = await startProcess({
    name: 'dashboard',
    args: [next, 'start', directory, '-H', '127.0.0.1', '-p', '0'],
    env: { RITZ_API_URL: apiUrl },
    cwd: directory,
    ready: /Local: +(http\S+)[^]*Ready in/,
  });
  return { url: match[1] ?? '', stop };
}

async function createToken(data: string, name: string): Promise<string> {
  const ritz = path.join(repository, 'apps/cli/bin/ritz.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [ritz, 'token', 'create', '--name', name, '--scope', 'admin'],
    { env: { ...process.env, DATABASE_URL: '', RITZ_DATA: data } },
  );
  return stdout.trim();
}

/** On an empty database in a directory that goes when it stops. Nothing is left running when it rejects. */
export async function startStack(): Promise<Stack> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'ritz-e2e-'));
  let api = await startApi(data, '0');
  const url = api.match[1] ?? '';
  let killed = false;
  const restartApi = async (): Promise<void> => {
    api = await startApi(data, new URL(url).port);
    killed = false;
  };
  const stopApi = async (): Promise<void> => {
    // The database server of one that was killed goes on, until one that joined it leaves.
    if (killed) await restartApi();
    await api.stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const dashboard = await startDashboard(url);
    return {
      api: { url, stop: () => api.stop() },
      dashboard,
      killApi: async () => {
        await api.kill();
        killed = true;
      },
      restartApi,
      createToken: (name) => createToken(data, name),
      stop: async () => {
        await dashboard.stop();
        await stopApi();
      },
    };
  } catch (error) {
    await stopApi();
    throw error;
  }
}
