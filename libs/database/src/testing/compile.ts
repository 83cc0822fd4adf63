/** Vitest's global set-up: the processes that tests start run the compiled package, so it must be that of these sources. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

export async function setup(): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const root = path.resolve(import.meta.dirname, '../..');
  await promisify(execFile)(process.execPath, [compiler, '-b', 'tsconfig.lib.json'], { cwd: root });
}
