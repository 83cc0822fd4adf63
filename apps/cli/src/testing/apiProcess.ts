/** The API as a process of its own, from what was built. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));

export interface ApiProcess {
  readonly url: string;
  /** Ends it, if it runs still, as the kernel does when memory is short; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the API, at a free port unless one is given; resolves once it answers. */
export async function startApiProcess(databaseUrl: string, port = 0): Promise<ApiProcess> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, RITZ_API_PORT: String(port), RITZ_LOG: 'error' };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const address = /^ready (\S+)\n/.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    void ended.then(() => reject(new Error(`The API ended before it was ready: ${stderr}`)));
  });
  return { url, kill };
}
