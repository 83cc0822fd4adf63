/** Starts the server as a process of its own, out of reach of the terminal's signals. */
import { spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseError } from '../error/DatabaseError.ts';
import { serverEnvironment } from './account.ts';
import { type Cluster, unusable } from './cluster.ts';

export interface Launched {
  /** How the process ended; `null` while it runs. STOPPED: by a signal or on request, not of itself. */
  outcome(): 'FAILED' | 'STOPPED' | null;
  /** What it wrote to the log. */
  said(): Promise<string>;
}

const logLimit = 8 * 2 ** 20;

const stops: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGKILL']);

export async function launch(cluster: Cluster, port: number): Promise<Launched> {
  const { file, args } = cluster.account.command(cluster.binaries.postgres, [
    '-D',
    cluster.directory,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `port=${port}`,
    '-c',
    'unix_socket_directories=',
  ]);
  const logStart = await rotateLog(cluster.logFile);
  const log = await open(cluster.logFile, 'a', 0o600);
  let outcome: 'FAILED' | 'STOPPED' | null = null;
  let failure: string | undefined;
  try {
    const child = spawn(file, args, {
      ...cluster.account.owner,
      cwd: path.parse(cluster.directory).root,
      env: serverEnvironment(),
      // Its own process group: Ctrl-C reaches Ritz, and Ritz decides when the server may go.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    child.on('exit', (code, signal) => {
      outcome = code === 0 || stops.has(signal ?? '') ? 'STOPPED' : 'FAILED';
    });
    child.on('error', (error) => {
      outcome = 'FAILED';
      failure = error.message;
    });
    child.unref();
  } finally {
    await log.close();
  }
  return {
    outcome: () => outcome,
    said: async () => failure ?? (await readFile(cluster.logFile)).subarray(logStart).toString('utf8'),
  };
}

/** Begins a new log when the old one is long. Returns where this launch's part begins. */
async function rotateLog(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (file) => file.size,
    () => 0,
  );
  if (size <= logLimit) return size;
  await rename(logFile, `${logFile}.1`);
  return 0;
}

/** A port of the loopback interface that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The loopback interface gave no port.'));
      });
    });
  });
}

export type Diagnosis = 'STOPPED' | 'RIVAL' | 'PORT_TAKEN' | DatabaseError;

/** Why a server that was launched ended: somebody stopped it, a rival was first, its port was taken, or an error. */
export async function diagnose(cluster: Cluster, launched: Launched): Promise<Diagnosis> {
  if (launched.outcome() === 'STOPPED') return 'STOPPED';
  const said = await launched.said();
  if (/lock file \S+ already exists|pre-existing shared memory block/.test(said)) return 'RIVAL';
  if (/could not bind|could not create any TCP\/IP sockets/.test(said)) return 'PORT_TAKEN';
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const reason = (lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? 'no reason given').trim();
  if (/Permission denied|Read-only file system|No space left|has wrong ownership|invalid permissions/.test(said)) {
    return unusable(path.dirname(cluster.directory), reason);
  }
  return new DatabaseError(
    'EMBEDDED_UNAVAILABLE',
    `The embedded PostgreSQL does not start: ${reason} (its log: ${cluster.logFile}). ` +
      'Set RITZ_DATA to another directory, or DATABASE_URL to a PostgreSQL of your own.',
  );
}
