/** The API as a process of its own, from what was built. */
import fs from 'node:fs';
import path from 'node:path';
import { startProcess, type RunningProcess } from './startProcess.ts';

const main = path.resolve(import.meta.dirname, '../../../../apps/api/dist/main.js');
const readyWithinMs = 180_000;

export interface ApiProcess extends RunningProcess {
  readonly url: string;
}

/** Starts the API with PATH and these variables alone; resolves once it answers, at a free port unless RITZ_API_PORT names one. */
export async function startApiProcess(environment: Readonly<Record<string, string>>): Promise<ApiProcess> {
  if (!fs.existsSync(main)) throw new Error('apps/api is not built: run `npm run build` first.');
  const env = { PATH: process.env['PATH'], RITZ_API_PORT: '0', RITZ_LOG: 'error', ...environment };
  const api = startProcess({ name: 'The API', args: [main], env });
  const [, url = ''] = await api.printed(/^ready (\S+)$/m, readyWithinMs);
  return { ...api, url };
}
