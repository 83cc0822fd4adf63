/** Python programs as real processes, with this package's `ritz` to import and a folder of their own. */
import path from 'node:path';
import { startProcess, type Ended, type RunningProcess } from '@ritz/testing';
import { describe, onTestFinished, type SuiteAPI } from 'vitest';

export const packageFolder = path.resolve(import.meta.dirname, '../..');

/** Empty where there is none; see `tools/workspace/machine/python.mjs`. */
const installedPython = process.env['RITZ_PYTHON'] ?? '';
const lacking = (process.env['RITZ_PYTHON_LACKS'] ?? '').split(',');
const inCi = process.env['CI'] === 'true';

/** In CI the tests run, and fail, where there is no Python. Elsewhere `npm test` says that they did not run. */
export const describePython: SuiteAPI['skip'] = describe.skipIf(installedPython === '' && !inCi);

/** As `describePython`, for what needs a module too. */
export function describePythonWith(...modules: readonly string[]): SuiteAPI['skip'] {
  return describe.skipIf((installedPython === '' || modules.some((name) => lacking.includes(name))) && !inCi);
}

export interface PythonOptions {
  readonly cwd?: string;
  /** Instead of the one that is installed. */
  readonly python?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Starts Python with these arguments; it is killed when the test ends. */
export function startPython(
  args: readonly string[],
  { cwd, environment, python = installedPython }: PythonOptions = {},
): RunningProcess {
  if (python === '') throw new Error('No Python 3.9 or later was found: install one, or name one in RITZ_PYTHON.');
  const { RITZ_URL: _url, RITZ_TOKEN: _token, RITZ_RUNS: _runs, RITZ_OFFLINE: _offline, ...inherited } = process.env;
  const env = {
    ...inherited,
    PYTHONPATH: packageFolder,
    PYTHONDONTWRITEBYTECODE: '1',
    OMP_NUM_THREADS: '1',
    ...environment,
  };
  const where = cwd ?? packageFolder;
  const running = startProcess({ name: 'Python', command: python, args, cwd: where, env, stdin: 'pipe' });
  onTestFinished(() => running.kill());
  return running;
}

/** Runs a program to its end; what it prints last is read as JSON where `json` asks for it. */
export function runPython(code: string, options?: PythonOptions): Promise<Ended> {
  return startPython(['-c', code], options).ended;
}

/** Runs a program that prints one JSON value. Rejects when it fails. */
export async function evaluate<Value>(code: string, options?: PythonOptions): Promise<Value> {
  const ended = await runPython(code, options);
  if (ended.code !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout) as Value;
}
