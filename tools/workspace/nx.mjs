/** Runs Nx the same way everywhere: no daemon, no terminal UI, telemetry off, and the caller decides about the cache. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

const settings = {
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
};

/**
 * Runs a program from the repository's root and waits for it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, onOutput?: (text: string) => void }} [options]
 *   quiet: keep the output and print it only if the program fails; onOutput: told what is kept, as it comes
 * @returns {Promise<number>} its exit code; 128 + n when signal n ended it
 */
export function run(command, args, { quiet = false, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...settings },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    const kept = [];
    const keep = (chunk) => {
      kept.push(chunk);
      onOutput?.(chunk.toString());
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const forward = (signal) => child.kill(signal);
    let interrupted = false;
    const interrupt = () => (interrupted = true); // Ctrl-C reaches the child through the terminal's process group
    process.on('SIGTERM', forward);
    process.on('SIGINT', interrupt);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', interrupt);
      // Nx ends with 130 for some failed builds too: only the signal itself tells.
      if (quiet && code !== 0 && !interrupted) process.stderr.write(Buffer.concat(kept));
      resolve(interrupted || code !== 130 ? (code ?? 128 + constants.signals[signal]) : 1);
    });
  });
}

/** `nx <args>` by its own entry file, so that no shell and no PATH is involved. */
export function nx(args, options) {
  return run(process.execPath, [createRequire(import.meta.url).resolve('nx/bin/nx.js'), ...args], options);
}
