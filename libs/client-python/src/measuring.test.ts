/** Runs the Python tests of `ritz.torch` and `ritz.jax`, each file a process, on the installed PyTorch and on the newest one. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newestPyTorch } from './testing/newestPyTorch.ts';
import { describePythonWith, packageFolder, startPython } from './testing/python.ts';

const folder = path.join(packageFolder, 'tests');
const files = readdirSync(folder).filter((name) => name.startsWith('test_') && name.endsWith('.py'));
const newest = await newestPyTorch();
const slowest = 300_000;

async function passes(
  file: string,
  options: { readonly python?: string; readonly with?: readonly string[] } = {},
): Promise<void> {
  const search = [packageFolder, folder, ...(options.with ?? [])].join(path.delimiter);
  const { code, stderr } = await startPython(['-W', 'ignore', '-m', 'unittest', '-v', path.parse(file).name], {
    cwd: folder,
    environment: { PYTHONPATH: search, CUDA_VISIBLE_DEVICES: '' },
    ...(options.python ? { python: options.python } : {}),
  }).ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/Ran [1-9]\d* tests? in/);
}

describePythonWith('numpy', 'torch')('on the installed PyTorch', () => {
  it.each(files)('%s passes', (file) => passes(file), slowest);
});

if (newest) {
  describe('on the newest PyTorch', () => {
    it.each(files)('%s passes', (file) => passes(file, { python: newest.python, with: newest.folders }), slowest);
  });
}
