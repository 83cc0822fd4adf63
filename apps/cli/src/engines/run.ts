/** Runs a program that a command needs, and says in one error what it printed when it fails. */
import { execFile } from 'node:child_process';
import { CliError } from '../terminal/cliError.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** What to install when the program is missing or fails. */
  readonly needs?: string;
}

const shownLength = 600;
const maxBytes = 2 ** 26;

/** What it printed on its standard output. Throws a CliError with the end of what it printed. */
export function run(program: string, args: readonly string[], { cwd, needs }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { cwd, maxBuffer: maxBytes }, (error, stdout, stderr) => {
      if (!error) {
        resolve(stdout);
        return;
      }
      const missing = 'code' in error && error.code === 'ENOENT';
      const said = (stderr.trim() || stdout.trim() || error.message).slice(-shownLength);
      const why = missing ? `${program} was not found.` : `${program} ${args.slice(0, 3).join(' ')} failed: ${said}`;
      reject(new CliError(needs ? `${why} Needed: ${needs}.` : why, { cause: error }));
    });
  });
}
