/**
 * The newest PyTorch that pip finds, with the packages that hook into it, in a folder outside the repository. Where pip finds none,
 * as on a machine without a package index, the tests run on the PyTorch that is installed alone, and say so.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = path.join(os.tmpdir(), `ritz-newest-pytorch-${os.userInfo().username}`);
/** Written last: a folder without it was not finished. */
const ready = path.join(folder, 'python.txt');
const wanted = ['torch', 'numpy', 'transformers', 'accelerate', 'lightning', 'tensorboard', 'matplotlib', 'jax'];
/** Each in a folder of its own: not every index has the wheels of all that they need. */
const trackers = ['tensorboardX', 'wandb', 'mlflow'];
const patience = 240_000;
const quiet = ['--quiet', '--disable-pip-version-check', '--retries', '0', '--timeout', '10', '--only-binary', ':all:'];

export interface NewestPyTorch {
  readonly python: string;
  /** For PYTHONPATH. */
  readonly folders: readonly string[];
}

/** Installs it unless it is there. Resolves to null, after a notice, where it cannot be downloaded. */
export async function newestPyTorch(): Promise<NewestPyTorch | null> {
  const named = process.env['RITZ_PYTHON'];
  for (const python of new Set([...(named ? [named] : []), 'python3', 'python'])) {
    if (await installed(python)) return { python, folders: [folder, ...(await installedTrackers(python))] };
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

/** The folders of those that pip finds, looked for once; the others are named. */
async function installedTrackers(python: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of trackers) {
    const own = path.join(folder, 'trackers', name);
    const outcome = await readFile(`${own}.txt`, 'utf8').catch(() => installTracker(python, name, own));
    if (outcome === 'installed') found.push(own);
    else console.info(`Mirroring to ${name} is not tested: pip finds no wheels of it, or of what it needs, here.`);
  }
  return found;
}

async function installTracker(python: string, name: string, own: string): Promise<string> {
  await mkdir(own, { recursive: true });
  const outcome = await run(python, ['-m', 'pip', 'install', ...quiet, '--target', own, name], { timeout: patience })
    .then(() => run(python, ['-c', `import sys; sys.path[:0] = ${JSON.stringify([folder, own])}; import ${name}`]))
    .then(
      () => 'installed',
      () => 'missing',
    );
  await writeFile(`${own}.txt`, outcome);
  return outcome;
}
