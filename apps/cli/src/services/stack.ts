/**
 * Everything Ritz serves with, in the order it depends on: database, API, dashboard, workers; stopped in reverse. A service that exits
 * unexpectedly is restarted, the embedded database too (see startEmbeddedPostgres), and its output is in its log.
 */
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, resolveDatabase } from '@ritz/database';
import { CliError } from '../terminal/cliError.ts';
import { requireFreePort, type PortSetting } from './port.ts';
import { logDirectory, openLog, type LogFile } from '../logs/logDirectory.ts';
import { levels, type Level } from '../logs/logLine.ts';
import { startService, type ServiceProcess } from './serviceProcess.ts';
import { supervise } from './supervise.ts';

export interface Stack {
  readonly apiUrl: string;
  /** Null when only the API is served. */
  readonly dashboardUrl: string | null;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly apiPort: number;
  /** Null: no dashboard. */
  readonly dashboardPort: number | null;
  /** How many workers measure the spectra of the queue here. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Told what is being started, what ended and why, and what answers again. */
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
    options.onProgress('Starting the database …');
    const database = await resolveDatabase(process.env);
    stops.push(() => database.stop());
    // A server that was named but cannot be used is reported from here, in its own words.
    await (await openDatabase(database.url)).close();
    const directory = logDirectory(process.env);
    const events = openLog(directory, 'ritz');
    stops.push(() => events.close());
    const note = (level: Level, msg: string): void =>
      events.write(`${JSON.stringify({ level: levels[level], time: new Date().toISOString(), msg })}\n`);
    const logTo = (service: Served): LogFile => {
      const log = openLog(directory, service);
      stops.push(() => log.close());
      return log;
    };
    const serve = async (service: Served, start: () => Promise<ServiceProcess>): Promise<void> => {
      const title = titles[service];
      options.signal.throwIfAborted();
      options.onProgress(`Starting the ${title} …`);
      const running = await supervise({
        start,
        onEnded: ({ message }) => {
          note('error', message);
          options.onProgress(`${firstLine(message)} Starting it again … (\`ritz logs\` has more)`);
        },
        onBack: () => {
          note('info', `The ${title} is back.`);
          options.onProgress(`The ${title} is back.`);
        },
      });
      stops.push(() => running.stop());
    };
    const apiLog = logTo('api');
    await serve('api', () => startApi(apiUrl, options, apiLog));
    if (dashboardUrl !== null) {
      const log = logTo('dashboard');
      await serve('dashboard', () => startDashboard(dashboardUrl, apiUrl, options, log));
    }
    const workerLog = logTo('worker');
    for (let worker = 0; worker < options.workers; worker++)
      await serve('worker', () => startWorker(options, workerLog));
    return { apiUrl, dashboardUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Served = 'api' | 'dashboard' | 'worker';

const titles: Readonly<Record<Served, string>> = { api: 'API', dashboard: 'dashboard', worker: 'worker' };

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

/** It finds the database in the same environment: as long as it runs, an embedded server stays up for it. */
function startApi(url: string, { apiPort, signal }: StackOptions, log: LogFile): Promise<ServiceProcess> {
  return startService({
    name: 'API',
    ready: { kind: 'answers', url: `${url}/readyz` },
    args: [path.join(packageDirectory('@ritz/api'), 'dist/main.js')],
    env: { RITZ_HOST: '127.0.0.1', RITZ_API_PORT: String(apiPort), NODE_ENV: 'production' },
    signal,
    onOutput: (chunk) => log.write(chunk),
  });
}

function startDashboard(
  url: string,
  apiUrl: string,
  { dashboardPort, signal }: StackOptions,
  log: LogFile,
): Promise<ServiceProcess> {
  const directory = packageDirectory('@ritz/dashboard');
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  return startService({
    name: 'dashboard',
    ready: { kind: 'answers', url: `${url}/icon.svg` },
    args: [next, 'start', directory, '-H', '127.0.0.1', '-p', String(dashboardPort)],
    env: { RITZ_API_URL: apiUrl, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    cwd: directory,
    signal,
    onOutput: (chunk) => log.write(chunk),
  });
}

/** The cores of this machine are shared among its workers. */
function startWorker({ workers, signal }: StackOptions, log: LogFile): Promise<ServiceProcess> {
  const threads = Math.max(1, Math.floor(os.availableParallelism() / workers));
  return startService({
    name: 'worker',
    ready: { kind: 'prints', text: 'Ctrl-C stops it.' },
    args: [fileURLToPath(new URL('../main.js', import.meta.url)), 'worker', '--threads', String(threads)],
    env: { NO_COLOR: '1' },
    signal,
    onOutput: (chunk) => log.write(chunk),
  });
}
