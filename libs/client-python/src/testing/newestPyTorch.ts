/**
 * The newest PyTorch that pip finds, with the packages that hook into it, in a folder outside the repository. Where pip finds none,
 * as on a machine without a package index, the tests run on the PyTorch that is installed alone, and say so.
 */
import { execFile } from 'node:child_process';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = path.join(os.tmpdir(), `ritz-newest-pytorch-${os.userInfo().username}`);
/** Written last: a folder without it was not finished. */
const ready = path.join(folder, 'python.txt');
const wanted = ['torch', 'numpy', 'transformers', 'accelerate', 'lightning', 'tensorboard', 'matplotlib', 'jax'];
const patience = 240_000;

export interface NewestPyTorch {
  readonly python: string;
  /** For PYTHONPATH. */
  readonly folder: string;
}

/** Installs it unless it is there. Resolves to null, after a notice, where it cannot be had. */
export async function newestPyTorch(): Promise<NewestPyTorch | null> {
  const named = process.env['RITZ_PYTHON'];
  for (const python of new Set([...(named ? [named] : []), 'python3', 'python'])) {
    if (await installed(python)) return { python, folder };
  }
  console.info('Measuring is tested on the installed PyTorch alone: pip finds no newer one here.');
  return null;
}

async function installed(python: string): Promise<boolean> {
  const check = ['-c', `import sys; sys.path.insert(0, ${JSON.stringify(folder)}); import torch, transformers, jax`];
  try {
    await access(ready);
    await run(python, check, { timeout: patience });
    return true;
  } catch {
    // Not there, or made for another version of Python.
  }
  const unfinished = `${folder}.${process.pid}`;
  const quiet = [
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '0',
    '--timeout',
    '10',
    '--only-binary',
    ':all:',
  ];
  try {
    await run(python, ['-m', 'pip', 'install', ...quiet, '--target', unfinished, ...wanted], { timeout: patience });
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
    await writeFile(ready, python);
    return true;
  } catch {
    await rm(unfinished, { recursive: true, force: true });
    return false;
  }
}
