/** What the browser talks to, all of it real: an embedded PostgreSQL with a directory of its own, the API, the dashboard. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startApiProcess, startProcess, type ApiProcess } from '@ritz/testing';

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
const production = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };

/** Of the dashboard. */
const readyWithinMs = 180_000;

/** The API on the database in `data`, which is made if there is none; port 0 = any. */
function startApi(data: string, port: string): Promise<ApiProcess> {
  // An empty DATABASE_URL means the embedded server, whatever the caller's environment names.
  return startApiProcess({ ...production, DATABASE_URL: '', RITZ_DATA: data, RITZ_API_PORT: port, RITZ_LOG: 'warn' });
}

/** The built dashboard, asking the API at `apiUrl`, whether something answers there or not. */
export async function startDashboard(apiUrl: string): Promise<Service> {
  const directory = path.join(repository, 'apps/dashboard');
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  const dashboard = startProcess({
    name: 'The dashboard',
    args: [next, 'start', directory, '-H', '127.0.0.1', '-p', '0'],
    env: { ...process.env, ...production, RITZ_API_URL: apiUrl },
    cwd: directory,
  });
  try {
    const [, url = ''] = await dashboard.printed(/Local: +(http\S+)[^]*Ready in/, readyWithinMs);
    return { url, stop: dashboard.stop };
  } catch (error) {
    await dashboard.kill();
    throw error;
  }
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
  const { url } = api;
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
