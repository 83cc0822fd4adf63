/** The built dashboard as users run it: a separate process that queries the given API. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../../../../apps/dashboard');

export interface DashboardProcess {
  /** Its origin. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws Error when there is no production build, or the process ends before it answers. */
export async function startDashboardProcess(apiUrl: string): Promise<DashboardProcess> {
  if (!existsSync(path.join(directory, '.next/BUILD_ID'))) {
    throw new Error('apps/dashboard has no production build. Run `npm run build` first.');
  }
  const next = createRequire(path.join(directory, 'package.json')).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', directory, '-H', '127.0.0.1', '-p', '0'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', RITZ_API_URL: apiUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, origin] = /Local: +(http\S+)[^]*Ready in/.exec(said) ?? [];
      if (origin) resolve(origin);
    });
    void ended.then(() => reject(new Error('The dashboard ended before it was ready; its log is above.')));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
