/** The API as a process of its own, from what was built. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startProcess, type RunningProcess } from '@ritz/testing';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ApiProcess extends RunningProcess {
  /** The address of the ready line. */
  readonly ready: Promise<string>;
  /** Resident memory now, in MB. */
  memory(): Promise<number>;
}

/** Starts it at a free port, with nothing but PATH and what is given in its environment. */
export function startApi(environment: Readonly<Record<string, string>>): ApiProcess {
  if (!existsSync(main)) throw new Error('apps/api is not built: run `npm run build` first.');
  const env = { PATH: process.env['PATH'], RITZ_API_PORT: '0', ...environment };
  const api = startProcess({ name: 'The API', args: [main], env });
  const ready = api.printed(/^ready (http:\/\/127\.0\.0\.1:\d+)\n/).then(([, url = '']) => url);
  ready.catch(() => undefined);
  return {
    ...api,
    ready,
    async memory() {
      const status = await readFile(`/proc/${String(api.child.pid)}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
  };
}
