/** Networks that `ritz.export_onnx` writes with the PyTorch of this machine, measured by the command that it prints. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from '@ritz/testing';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProblem } from '../spectrum/loadProblem.ts';
import { declareSpectrumOptions, type SpectrumOptions } from '../spectrum/options.ts';
import { closeEngine, measureProblem } from './measureNetwork.ts';

interface ExportedCase {
  readonly name: string;
  readonly command: readonly string[];
  /** That the loss depends on and that are learned. */
  readonly parameters: number;
  readonly loss: number;
  readonly gradientNorm: number;
  /** Ascending. */
  readonly eigenvalues: readonly number[];
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const program = path.join(root, 'tools/fixtures/exports/networks.py');

/** See `tools/workspace/machine/python.mjs`. */
const python = process.env['RITZ_PYTHON'] ?? '';
const lacking = (process.env['RITZ_PYTHON_LACKS'] ?? '').split(',').includes('torch');
const isMissing = (python === '' || lacking) && process.env['CI'] !== 'true';

const names = [...(await fs.readFile(program, 'utf8')).matchAll(/^@case\ndef (\w+)/gm)].map(([, name = '']) => name);

function optionsOf([, , ...args]: readonly string[]): SpectrumOptions {
  const command = declareSpectrumOptions(new Command()).exitOverride();
  return command.parse([...args], { from: 'user' }).opts<SpectrumOptions>();
}

describe.skipIf(isMissing)('networks that ritz.export_onnx writes', () => {
  let folder = '';
  const cases = new Map<string, ExportedCase>();

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-exports-'));
    const environment = {
      PYTHONPATH: path.join(root, 'libs/client-python'),
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_NUM_THREADS: '1',
    };
    const env = { ...process.env, ...environment };
    const args = ['-W', 'ignore', program, folder];
    const { ended } = startProcess({ name: 'Python', command: python, args, env });
    const { code, stderr } = await ended;
    if (code !== 0) throw new Error(stderr);
    const written = JSON.parse(await fs.readFile(path.join(folder, 'cases.json'), 'utf8')) as { cases: ExportedCase[] };
    for (const each of written.cases) cases.set(each.name, each);
  }, 180_000);
  afterAll(async () => {
    await closeEngine();
    await fs.rm(folder, { recursive: true, force: true });
  });

  it('refuses running statistics where a norm keeps none', async () => {
    const options = optionsOf(cases.get('norm_untracked')?.command ?? []);
    await expect(loadProblem({ ...options, batchNorm: 'running' })).rejects.toThrow('tracks none. Leave it out.');
  });

  it.each(names)('%s', async (name) => {
    const found = cases.get(name);
    expect(found).not.toHaveProperty('error');
    if (!found) throw new Error(`${name} was not written`);
    const problem = await loadProblem(optionsOf(found.command));
    expect(problem.check).toMatchObject({ precision: 'float64' });
    const measured = await measureProblem(problem, 'all');
    const scale = Math.max(...found.eigenvalues.map(Math.abs));
    const close = (value: number | undefined, wanted: number): void =>
      expect(Math.abs((value ?? Number.NaN) - wanted) / Math.max(scale, Math.abs(wanted))).toBeLessThan(1e-6);
    expect(measured.warnings).toEqual([]);
    expect(measured.parameters).toBe(found.parameters);
    close(measured.loss, found.loss);
    close(measured.gradientNorm, found.gradientNorm);
    measured.top?.forEach((value, at) => close(value, found.eigenvalues.at(-1 - at) ?? Number.NaN));
    measured.bottom?.forEach((value, at) => close(value, found.eigenvalues[at] ?? Number.NaN));
    close(
      measured.trace,
      found.eigenvalues.reduce((sum, value) => sum + value, 0),
    );
  });
});
