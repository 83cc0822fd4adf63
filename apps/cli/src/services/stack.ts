/** Everything Ritz serves with, in the order it depends on: database, API, dashboard; stopped in reverse. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { openDatabase, resolveDatabase } from '@ritz/database';
import { CliError } from '../terminal/cli-error.ts';
import { requireFreePort, type PortSetting } from './port.ts';
import { startService, type ServiceProcess } from './service-process.ts';

export interface Stack {
  readonly apiUrl: string;
  /** Null when only the API is served. */
  readonly dashboardUrl: string | null;
  /** Resolves with the reason when a service ends by itself. */
  readonly failed: Promise<CliError>;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly apiPort: number;
  /** Null: no dashboard. */
  readonly dashboardPort: number | null;
  readonly signal: AbortSignal;
  /** Told what is being started. */
  readonly onProgress: (message: string) => void;
}

const require = createRequire(import.meta.url);

function packageDirectory(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`));
}

async function requireFreePorts({ apiPort, dashboardPort }: StackOptions): Promise<void> {
  if (apiPort === dashboardPort) {
    throw new CliError(`The API and the dashboard were both given port ${apiPort}: choose two different ports.`);
  }
  const settings: PortSetting[] = [
    { service: 'the API', port: apiPort, option: '--api-port', variable: 'RITZ_API_PORT' },
  ];
  if (dashboardPort !== null) {
    settings.push({ service: 'the dashboard', port: dashboardPort, option: '--port', variable: 'RITZ_PORT' });
  }
  for (const setting of settings) await requireFreePort(setting);
}

/** Starts the services on loopback; if one fails, those already running are stopped before the error is thrown. */
export async function startStack(options: StackOptions): Promise<Stack> {
  await requireFreePorts(options);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  const apiUrl = `http://127.0.0.1:${options.apiPort}`;
  const { dashboardPort } = options;
  const dashboardUrl = dashboardPort === null ? null : `http://127.0.0.1:${dashboardPort}`;
  try {
    options.onProgress('database');
    const database = await resolveDatabase(process.env);
    stops.push(() => database.stop());
    // A server that was named but cannot be used is reported from here, in its own words.
    await (await openDatabase(database.url)).close();
    const services: ServiceProcess[] = [];
    const serve = async (name: string, service: () => Promise<ServiceProcess>): Promise<void> => {
      options.signal.throwIfAborted();
      options.onProgress(name);
      const started = await service();
      stops.push(() => started.stop());
      services.push(started);
    };
    await serve('API', () => startApi(apiUrl, options));
    if (dashboardUrl !== null) await serve('dashboard', () => startDashboard(dashboardUrl, apiUrl, options));
    return { apiUrl, dashboardUrl, failed: Promise.race(services.map(({ failed }) => failed)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** It finds the database by itself, from the same environment: as long as it runs, an embedded server stays up for it. */
function startApi(url: string, { apiPort, signal }: StackOptions): Promise<ServiceProcess> {
  return startService({
    name: 'API',
    url,
    readyPath: '/readyz',
    args: [path.join(packageDirectory('@ritz/api'), 'dist/main.js')],
    env: { RITZ_HOST: '127.0.0.1', RITZ_API_PORT: String(apiPort), NODE_ENV: 'production' },
    signal,
  });
}

function startDashboard(url: string, apiUrl: string, { dashboardPort, signal }: StackOptions): Promise<ServiceProcess> {
  const directory = packageDirectory('@ritz/dashboard');
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  return startService({
    name: 'dashboard',
    url,
    readyPath: '/icon.svg',
    args: [next, 'start', directory, '-H', '127.0.0.1', '-p', String(dashboardPort)],
    env: { RITZ_API_URL: apiUrl, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    cwd: directory,
    signal,
  });
}
