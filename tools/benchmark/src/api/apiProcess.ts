/** The API as its users run it: a process of its own, whose memory can be watched. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const main = path.resolve(import.meta.dirname, '../../../../apps/api/dist/main.js');

export interface ApiProcess {
  readonly url: string;
  /** Resident memory of the process in MB; `null` where /proc does not exist. */
  memory(): Promise<number | null>;
  stop(): Promise<void>;
}

export async function startApiProcess(databaseUrl: string): Promise<ApiProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      RITZ_API_PORT: '0',
      RITZ_LOG: 'error',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /^ready (\S+)\n/.exec(said)?.[1];
      if (address) resolve(address);
    });
    void ended.then(() => reject(new Error('The API ended before it was ready; its log is above.')));
  });
  return {
    url,
    async memory() {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8').catch(() => '');
      const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) / 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
