/** What the browser talks to, all of it real: an embedded PostgreSQL with a directory of its own, the API, the dashboard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { startProcess } from './startProcess.ts';

export interface Service {
  /** Its origin. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface Stack {
  readonly api: Service;
  readonly dashboard: Service;
  stop(): Promise<void>;
}

const repository = path.resolve(import.meta.dirname, '../../../..');

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return address.port;
}

/** The API on an empty database in a directory that goes when it stops. */
async function startApi(): Promise<Service> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'ritz-e2e-'));
  const { match, stop } = await startProcess({
    name: 'API',
    args: [path.join(repository, 'apps/api/dist/main.js')],
    // An empty DATABASE_URL means the embedded server, whatever the caller's environment names.
    env: { DATABASE_URL: '', RITZ_DATA: data, RITZ_HOST: '127.0.0.1', RITZ_API_PORT: '0', RITZ_LOG: 'warn' },
    cwd: repository,
    ready: /^ready (http\S+)$/m,
  });
  return {
    url: match[1] ?? '',
    stop: async () => {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The built dashboard, asking the API at `apiUrl`, whether something answers there or not. */
export async function startDashboard(apiUrl: string): Promise<Service> {
  const directory = path.join(repository, 'apps/dashboard');
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  const port = String(await freePort());
  const { stop } = await startProcess({
    name: 'dashboard',
    args: [next, 'start', directory, '-H', '127.0.0.1', '-p', port],
    env: { RITZ_API_URL: apiUrl },
    cwd: directory,
    ready: /Ready in/,
  });
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** Nothing is left running when it rejects. */
export async function startStack(): Promise<Stack> {
  const api = await startApi();
  try {
    const dashboard = await startDashboard(api.url);
    const stop = async (): Promise<void> => {
      await dashboard.stop();
      await api.stop();
    };
    return { api, dashboard, stop };
  } catch (error) {
    await api.stop();
    throw error;
  }
}
