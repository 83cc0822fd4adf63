import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkEngines } from '@ritz/estimation';
import { type Ended, freePort } from '@ritz/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SpectrumReport } from '../spectrum/report.ts';
import { dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';

const folder = fileURLToPath(new URL('../../../../tools/fixtures/onnx/', import.meta.url));
const inputs = path.join(folder, 'classifier-inputs.npy');
const labels = path.join(folder, 'classifier-labels.npy');
const model = path.join(folder, 'classifier.onnx');
const files = ['--model', model, '--data', inputs, '--labels', labels];
const examples = 20;

interface Expected {
  readonly loss: number;
  readonly gradientNorm: number;
  /** Ascending. */
  readonly hessian: readonly number[];
  readonly ggn: readonly number[];
}

/** What PyTorch computes in float64. */
const expected = JSON.parse(fs.readFileSync(path.join(folder, 'classifier.json'), 'utf8')) as Expected;

function temporaryFolder(): string {
  const directory = fs.mkdtempSync('/tmp/ritz-spectrum-');
  onTestFinished(() => fs.rmSync(directory, { recursive: true }));
  return directory;
}

async function measured(...args: string[]): Promise<{ report: SpectrumReport; ended: Ended }> {
  const file = path.join(temporaryFolder(), 'spectrum.json');
  const ended = await runRitz(['spectrum', ...files, '--json', file, ...args]);
  expect(ended.stderr).not.toContain('ritz:');
  expect(ended.code).toBe(0);
  return { report: JSON.parse(fs.readFileSync(file, 'utf8')) as SpectrumReport, ended };
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

/** A file of n equal numbers. */
function diagonal(n: number, value: number): string {
  const file = path.join(temporaryFolder(), 'p.npy');
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${n},), }`.padEnd(117) + '\n';
  const start = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length, 0])]);
  fs.writeFileSync(
    file,
    Buffer.concat([start, Buffer.from(header), Buffer.from(new Float64Array(n).fill(value).buffer)]),
  );
  return file;
}

describe('ritz spectrum', () => {
  it.each(['hessian', 'ggn'] as const)('--exact finds the eigenvalues of the %s that PyTorch finds', async (matrix) => {
    const { report } = await measured('--exact', '--operator', matrix);
    const eigenvalues = [...expected[matrix]];
    expect(report.version).toBe(1);
    expect(report.parameters).toBe(39);
    expect(Math.abs(report.loss - expected.loss)).toBeLessThan(1e-12);
    expect(Math.abs(report.gradientNorm - expected.gradientNorm)).toBeLessThan(1e-12);
    expect(largestDifference(report.eigenvalues ?? [], eigenvalues)).toBeLessThan(1e-12);
    expect(largestDifference(report.top, eigenvalues.toReversed().slice(0, 6))).toBeLessThan(1e-12);
    expect(report.trace.value).toBeCloseTo(
      eigenvalues.reduce((sum, value) => sum + value, 0),
      12,
    );
    expect(report.trace.standardError).toBe(0);
    expect(report.overlap.map(({ k }) => k)).toEqual([1, 3, 6]);
    expect(report.overlap.every(({ fraction }) => fraction > 0 && fraction <= 1)).toBe(true);
  });

  it('measures the blocks of a matrix with it, preconditioned by a file', async () => {
    const p = diagonal(39, 4);
    const table = path.join(temporaryFolder(), 'traces.csv');
    const asked = ['--exact', '--blocks', 'layers', '--preconditioner', `adam=${p}`, '--traces', table];
    const { report, ended } = await measured(...asked);
    const rows = fs.readFileSync(table, 'utf8').trimEnd().split('\r\n');
    expect(rows[0]).toMatch(
      /^step,operator,preconditioner,block,parameterCount,trace,traceStandardError,tracePerParameter,/,
    );
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 5))).toEqual(
      report.blocks.map(({ name, parameters }) => ['0', 'hessian', 'adam', name, String(parameters)]),
    );
    rows
      .slice(1)
      .forEach((row, at) => expect(Number(row.split(',')[5])).toBeCloseTo(report.blocks[at]?.trace.value ?? NaN, 12));
    const [first] = report.ritzVectors;
    expect(first?.value).toBeCloseTo((expected.hessian.at(-1) ?? NaN) / 4, 10);
    expect(first?.residual).toBeLessThan(1e-9);
    expect(first?.massByBlock?.map(({ block }) => block)).toEqual(report.blocks.map(({ name }) => name));
    expect(first?.massByBlock?.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 12);
    expect(report.blocks[0]?.ritzVectors[0]?.inverseParticipation).toBeGreaterThan(0);
    const scaled = expected.hessian.map((value) => value / 4);
    expect(largestDifference(report.eigenvalues ?? [], scaled)).toBeLessThan(1e-12);
    expect(report.settings).toMatchObject({ operator: 'hessian', preconditioner: 'adam' });
    expect(report.blocks.length).toBeGreaterThan(1);
    expect(report.blocks.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(39);
    // Interlacing: no diagonal block has an eigenvalue above those of the whole.
    for (const { name, top } of report.blocks) {
      expect(top[0]).toBeLessThanOrEqual((scaled.at(-1) ?? NaN) + 1e-9);
      expect(ended.stdout).toContain(name);
    }
    const whole = await measured('--operator', 'gradient-covariance', '--batch', '7', '--exact');
    expect(whole.report.settings).toMatchObject({ operator: 'gradient-covariance', batchSize: 7 });
  });

  it.each([
    [
      ['--blocks', 'mlp=nothing*'],
      '--blocks mlp: expected a pattern of parameters, got "nothing*", which matches none',
    ],
    [
      ['--blocks', 'layers', 'x=*'],
      '--blocks: expected layers, tensors, or name=pattern such as mlp=*.mlp.*, got "x=*".',
    ],
    [
      ['--preconditioner', 'shampoo=p.npy'],
      '--preconditioner: expected adam, rmsprop, adagrad, custom before the file, got "shampoo".',
    ],
    [['--blocks', 'one=*', 'two=*'], '--blocks: expected blocks without a parameter in common, got "'],
    [['--blocks', 'all=*'], '--blocks: expected the name of a group of parameters, got "all".'],
    [['--traces', 'traces.csv'], '--traces: expected --blocks beside it'],
    [['--operator', 'gradient-covariance'], '--batch: expected the size of the mini-batches, less than'],
  ])('refuses %j', async (args, message) => {
    const { stderr, code } = await runRitz(['spectrum', ...files, ...args]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(code).not.toBe(0);
  });

  it.each([
    [7, 1, '--preconditioner: expected 39 numbers, one for each parameter of the operator, got 7.'],
    [39, 0, '--preconditioner[0]: expected a positive number, got 0.'],
    [39, -1, '--preconditioner[0]: expected a positive number, got -1.'],
  ])('refuses a preconditioner of %d entries of %d', async (n, value, message) => {
    const { stderr, code } = await runRitz(['spectrum', ...files, '--preconditioner', diagonal(n, value)]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(code).not.toBe(0);
  });

  it('measures by Lanczos in float32, in micro-batches, the same bits for the same seed', async () => {
    const settings = ['--probes', '4', '--batch', '7', '--seed', '5'];
    const { report, ended } = await measured(...settings);
    expect((await measured(...settings)).report.probes).toEqual(report.probes);
    expect(largestDifference(report.top, expected.hessian.toReversed().slice(0, 6))).toBeLessThan(1e-5);
    expect(largestDifference(report.bottom, expected.hessian.slice(0, 10))).toBeLessThan(1e-5);
    const { value, standardError } = report.frobenius;
    expect(standardError).toBeGreaterThan(0);
    expect(Math.abs(value - Math.hypot(...expected.hessian))).toBeLessThan(4 * (standardError ?? 0));
    expect(report.eigenvalues).toBeUndefined();
    expect(report.probes).toHaveLength(4);
    for (const { seed, alpha, beta } of report.probes) {
      expect(seed).toBe(5);
      // Five eigenvalues are zero: in float32 a probe may find the Krylov space exhausted before step 39.
      expect(alpha.length).toBeGreaterThan(30);
      expect(beta).toHaveLength(alpha.length);
    }
    expect(report.settings).toMatchObject({ examples, batch: 7, operator: 'hessian', precision: 'float32', seed: 5 });
    expect(ended.stdout).toMatch(/largest λ +0\.5095 {2}0\.446/);
    expect(ended.stderr).toMatch(/4 probes of 39 Lanczos steps, with bases of 6\.1 kB each[^]*100%/);
  });

  it('stops early within a tolerance, and continues from a saved state', async () => {
    const folder = temporaryFolder();
    const [whole, early] = [await measured('--steps', '24'), await measured('--steps', '24', '--tolerance', '0.05')];
    const steps = early.report.probes[0]?.alpha.length ?? 0;
    expect(steps).toBeLessThan(24);
    expect(early.report.probes[0]?.alpha).toEqual(whole.report.probes[0]?.alpha.slice(0, steps));
    const save = ['--steps', '24', '--save', path.join(folder, 'state')];
    const [saved, again] = [await measured(...save), await measured(...save)];
    expect([saved.report.probes, again.report.probes]).toEqual([whole.report.probes, whole.report.probes]);
    expect(fs.readdirSync(folder)).toEqual(['state']);
    const refused = await runRitz(['spectrum', ...files, '--tolerance', '2']);
    expect(refused.stderr).toContain('--tolerance: expected a number between 0 and 1 such as 1e-3, got "2"');
  });

  it('switches batch norm to the statistics of the batch', async () => {
    const directory = temporaryFolder();
    const run = async (mode: string): Promise<SpectrumReport> => {
      const file = path.join(directory, `${mode}.json`);
      const data = [
        '--data',
        path.join(folder, 'resnet-inputs.npy'),
        '--labels',
        path.join(folder, 'resnet-labels.npy'),
      ];
      const args = ['--model', path.join(folder, 'resnet.onnx'), ...data, '--steps', '3', '--probes', '2'];
      const ended = await runRitz(['spectrum', ...args, '--batch-norm', mode, '--json', file]);
      expect(ended.code).toBe(0);
      return JSON.parse(fs.readFileSync(file, 'utf8')) as SpectrumReport;
    };
    const cases = JSON.parse(fs.readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
      name: string;
      modes: { batchNorm: string; value: number }[];
    }[];
    for (const { batchNorm, value } of cases.find(({ name }) => name === 'resnet')?.modes ?? []) {
      const report = await run(batchNorm);
      expect(report.settings['batchNorm']).toBe(batchNorm);
      expect(report.loss).toBeCloseTo(value, 5);
    }
  });

  it('ends with code 130 on Ctrl-C and writes nothing', async () => {
    const file = path.join(temporaryFolder(), 'spectrum.json');
    const ritz = startRitz(['spectrum', ...files, '--probes', '1000', '--steps', '39', '--exact', '--json', file]);
    await ritz.printed('1000 probes of 39 Lanczos steps');
    ritz.interrupt();
    const { code, stderr } = await ritz.ended;
    expect(stderr).toContain('Interrupted. Nothing was written.');
    expect(code).toBe(130);
    expect(fs.existsSync(file)).toBe(false);
  });

  it('records the spectrum through the API with --push', async () => {
    const port = await freePort();
    const api = `http://127.0.0.1:${port}`;
    const services = startRitz(['up', '--no-dashboard', '--api-port', String(port)], { RITZ_DATA: dataDirectory() });
    await services.printed('/graphql');
    const push = [
      'spectrum',
      ...files,
      '--push',
      '--url',
      api,
      '--run',
      'classifier',
      '--step',
      '500',
      '--steps',
      '10',
    ];
    const { stdout, code } = await runRitz([...push, '--operator', 'ggn']);
    expect(code).toBe(0);
    const run = /Recorded as step 500 of run "classifier" \(([0-9a-f-]{36})\)/.exec(stdout)?.[1] ?? '';
    const query = `{ run(id: "${run}") { name status spectrum(step: 500, operator: GGN) { operator lanczosSteps parameterCount } } }`;
    const answer = await fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await answer.json()).toMatchObject({
      data: {
        run: {
          name: 'classifier',
          status: 'FINISHED',
          spectrum: { operator: 'GGN', lanczosSteps: 10, parameterCount: 39 },
        },
      },
    });
    // Another operator, then another seed; the same again is refused.
    expect(await runRitz(push)).toMatchObject({ code: 0 });
    expect(await runRitz([...push, '--seed', '5'])).toMatchObject({ code: 0 });
    const again = await runRitz(push);
    expect(again.stderr).toContain('already has this measurement of hessian, block "all", at step 500');
    expect(again.code).toBe(1);
    const all = await fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ run(id: "${run}") { spectra(measurements: ALL) { operator seed } } }` }),
    });
    const { data } = (await all.json()) as { data: { run: { spectra: { operator: string }[] } } };
    expect(data.run.spectra.map(({ operator }) => operator).sort()).toEqual(['GGN', 'HESSIAN', 'HESSIAN']);
    services.interrupt();
    await services.ended;
  }, 120_000);
});

describe('ritz spectrum refuses', () => {
  it.each<[string, string[], string | RegExp]>([
    ['an unknown loss', ['--loss', 'hinge'], 'Expected one of cross-entropy, nll, binary-cross-entropy'],
    [
      'an unknown engine',
      ['--engine', 'abacus'],
      'engine: expected auto, onnx-cpu, onnx-webgpu, onnx-cuda, tfjs-node-gpu, tfjs-node, tfjs-webgpu or tfjs-wasm, got "abacus".',
    ],
    ['float64 where there is none', ['--engine', 'tfjs-wasm', '--precision', 'float64'], 'float64 needs onnx-cpu'],
    [
      'too little memory',
      ['--memory', '1KB'],
      /A pass of 20 examples × 10 vectors .* fewer at once \(--batch, --vectors-per-pass\) or allow more \(--memory\)/,
    ],
    ['a size that is none', ['--memory', 'lots'], '--memory: expected a size such as 2GB or 512MB, got "lots".'],
    ['no steps', ['--steps', '0'], '--steps (Lanczos steps per probe): expected an integer from 1'],
    ['a folder that is not there', ['--json', '/none/x.json'], 'cannot be written: its folder does not exist.'],
    ['a folder that is a file', ['--json', `${model}/x.json`], 'classifier.onnx is a file, not a folder.'],
    ['no file to write', ['--json', ''], '--json: expected a file name, got "".'],
    ['a run without a name', ['--push', '--run', ''], '--run: expected a name, got "".'],
    ['an API that does not answer', ['--push', '--url', 'http://127.0.0.1:9'], 'The Ritz API does not answer at'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runRitz(['spectrum', ...files, ...args]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('a GPU that is not there in one line, without what native libraries print', async () => {
    for (const probe of await checkEngines({ engines: ['onnx-cuda', 'onnx-webgpu'] })) {
      if (probe.usable) continue;
      const { code, stderr } = await runRitz(['spectrum', ...files, '--engine', probe.engine]);
      expect(stderr.trim().split('\n')).toEqual([
        expect.stringMatching(`^ritz: Engine ${probe.engine} is not usable here: it needs .* GPU.*\`ritz doctor\``),
      ]);
      expect(code).toBe(1);
    }
  });
});
