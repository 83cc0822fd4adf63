/** Python programs as real processes, with this package's `ritz` to import and a folder of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, onTestFinished, type SuiteAPI } from 'vitest';

export const packageFolder = path.resolve(import.meta.dirname, '../..');

/** Empty where there is none; see `tools/workspace/machine/python.mjs`. */
const python = process.env['RITZ_PYTHON'] ?? '';
const lacking = (process.env['RITZ_PYTHON_LACKS'] ?? '').split(',');
const inCi = process.env['CI'] === 'true';

/** In CI the tests run, and fail, where there is no Python. Elsewhere `npm test` says that they did not run. */
export const describePython: SuiteAPI['skip'] = describe.skipIf(python === '' && !inCi);

/** As `describePython`, for what needs a module too. */
export function describePythonWith(...modules: readonly string[]): SuiteAPI['skip'] {
  return describe.skipIf((python === '' || modules.some((name) => lacking.includes(name))) && !inCi);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningPython {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output holds the text; rejects when the process ends before. */
  printed(text: string): Promise<void>;
}

export interface PythonOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Starts Python with these arguments; it is killed when the test ends. */
export function startPython(args: readonly string[], { cwd, environment }: PythonOptions = {}): RunningPython {
  if (python === '') throw new Error('No Python 3.9 or later was found: install one, or name one in RITZ_PYTHON.');
  const { RITZ_URL: _url, RITZ_TOKEN: _token, RITZ_RUNS: _runs, RITZ_OFFLINE: _offline, ...inherited } = process.env;
  const env = {
    ...inherited,
    PYTHONPATH: packageFolder,
    PYTHONDONTWRITEBYTECODE: '1',
    OMP_NUM_THREADS: '1',
    ...environment,
  };
  const child = spawn(python, args, { cwd: cwd ?? packageFolder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const printed = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (stdout.includes(text) && resolve());
      listeners.add(look);
      void ended.then(() => reject(new Error(`Python ended before it printed ${text}:\n${stdout}${stderr}`)));
      look();
    });
  return { child, ended, printed };
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

/** A folder for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ritz-python-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
