/** Where the logs of the services are, and the files that are written there. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createStream } from 'rotating-file-stream';
import { CliError } from '../terminal/cliError.ts';

/** A file is put aside at this size, and so many of them are kept beside the one that is written. */
const fileSize = '10M';
const filesKept = 5;

export const serviceNames = ['api', 'dashboard', 'worker', 'ritz'] as const;
export type Service = (typeof serviceNames)[number];

/** RITZ_LOG_DIRECTORY, or `logs` in the data directory. */
export function logDirectory(environment: NodeJS.ProcessEnv): string {
  return path.resolve(environment['RITZ_LOG_DIRECTORY'] || path.join(environment['RITZ_DATA'] || '.ritz', 'logs'));
}

/** Of one service, oldest first: those that were put aside, then the one that is written. They need not exist. */
export function logFiles(directory: string, service: Service): string[] {
  const current = path.join(directory, `${service}.log`);
  const aside = Array.from({ length: filesKept }, (_, at) => `${current}.${filesKept - at}`);
  return [...aside, current];
}

export interface LogFile {
  write(text: string | Buffer): void;
  close(): Promise<void>;
}

/** Appends to the log of a service. Throws a CliError when the directory cannot be written. */
export function openLog(directory: string, service: Service): LogFile {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new CliError(
      `RITZ_LOG_DIRECTORY: expected a directory that can be written, got ${directory} (${(cause as Error).message}). ` +
        'Set it to another directory.',
      { cause },
    );
  }
  const stream = createStream(`${service}.log`, {
    path: directory,
    size: fileSize,
    rotate: filesKept,
    mode: 0o600,
  });
  // A full disk ends no service: what cannot be logged is lost.
  stream.on('error', () => undefined);
  return {
    write: (text) => void stream.write(text),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
