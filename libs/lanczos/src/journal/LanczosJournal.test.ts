import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { bulkAndOutliers, DenseOperator, withSpectrum } from '../testing/denseOperator.ts';
import { lanczos, type LanczosOptions, type LanczosResult } from '../lanczos.ts';

const n = 150;
const { matrix } = withSpectrum(bulkAndOutliers(n, [30, 8]));
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-journal-'));
  file = path.join(directory, 'lanczos.state');
});
afterEach(() => fs.rm(directory, { recursive: true }));

function settings(changes: Partial<LanczosOptions> = {}): LanczosOptions {
  return { steps: 20, probes: 3, seed: 7, ritzVectors: 3, journal: { file, every: 4 }, ...changes };
}

function plain({ journal: _, ...options }: LanczosOptions): Promise<LanczosResult> {
  return lanczos(new DenseOperator(matrix), options);
}

/** Fails at a call, as an engine would. */
function failingAt(call: number): DenseOperator {
  const operator = new DenseOperator(matrix);
  const apply = operator.apply.bind(operator);
  operator.apply = (vectors, k) =>
    operator.calls.length === call ? Promise.reject(new Error('device lost')) : apply(vectors, k);
  return operator;
}

function expectSame(actual: LanczosResult, expected: LanczosResult): void {
  expect(actual.probes).toEqual(expected.probes);
  expect(actual.top).toEqual(expected.top);
  expect(actual.hvpCount).toBe(expected.hvpCount);
}

describe('a journal', () => {
  it.each([1, 3, 4, 5, 14, 19])('continues a run that stopped after %i calls, bit for bit', async (calls) => {
    await expect(lanczos(failingAt(calls), settings())).rejects.toThrow('device lost');
    const operator = new DenseOperator(matrix);
    expectSame(await lanczos(operator, settings()), await plain(settings()));
    // What is left, one call to compare the operator, two for the Ritz vectors.
    expect(operator.calls.length).toBe(20 - calls + 1 + 2);
  });

  it('continues a run of several groups in the middle of the second', async () => {
    const grouped = settings({ memory: 2 * 21 * n * 4, precision: 'float32' });
    await expect(lanczos(failingAt(30), grouped)).rejects.toThrow('device lost');
    const operator = new DenseOperator(matrix);
    expectSame(await lanczos(operator, grouped), await plain(grouped));
    expect(operator.calls.length).toBe(40 - 30 + 2 + 3);
  });

  it('gives a finished run again with no more than the check and the Ritz vectors', async () => {
    const first = await lanczos(new DenseOperator(matrix), settings());
    const operator = new DenseOperator(matrix);
    expectSame(await lanczos(operator, settings()), first);
    expect(operator.calls.length).toBe(1 + 2);
  });

  it('continues in float64, with breakdowns and with adaptive stopping', async () => {
    const few = new DenseOperator(withSpectrum([4, 4, 2, 2, 2, 1]).matrix);
    const broken = settings({ precision: 'float64', journal: { file, every: 1 } });
    const exact = await lanczos(few, { ...broken, journal: { file: `${file}.other` } });
    expect(exact.probes.every(({ breakdown }) => breakdown)).toBe(true);
    await lanczos(few, broken);
    expectSame(await lanczos(few, broken), exact);

    const adaptive = settings({ steps: 100, tolerance: 1e-3, journal: { file: `${file}.adaptive`, every: 4 } });
    await expect(lanczos(failingAt(9), adaptive)).rejects.toThrow('device lost');
    expectSame(await lanczos(new DenseOperator(matrix), adaptive), await plain(adaptive));
  });

  it.each([0.99, 0.6, 0.3])('drops what is incomplete when %d of the file is left', async (share) => {
    await lanczos(new DenseOperator(matrix), settings());
    const { size } = await fs.stat(file);
    await fs.truncate(file, Math.floor(size * share));
    expectSame(await lanczos(new DenseOperator(matrix), settings()), await plain(settings()));
    expect((await fs.stat(file)).size).toBe(size);
  });

  it('drops a record whose bytes have changed', async () => {
    await lanczos(new DenseOperator(matrix), settings());
    const bytes = await fs.readFile(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x40;
    await fs.writeFile(file, bytes);
    expectSame(await lanczos(new DenseOperator(matrix), settings()), await plain(settings()));
  });

  it.each<[string, Partial<LanczosOptions>]>([
    ['seed: 7 there, 8 here', { seed: 8 }],
    ['steps: 20 there, 30 here', { steps: 30 }],
    ['law: sphere there, rademacher here', { law: 'rademacher' }],
    ['precision: float32 there, float64 here', { precision: 'float64' }],
  ])('is refused by another run (%s)', async (difference, changes) => {
    await lanczos(new DenseOperator(matrix), settings());
    const other = lanczos(new DenseOperator(matrix), settings(changes));
    await expect(other).rejects.toMatchObject({ code: 'CORRUPT_STATE' });
    await expect(other).rejects.toThrow(`${file}: it belongs to another run (${difference})`);
  });

  it('is refused for another operator', async () => {
    await lanczos(new DenseOperator(matrix), settings());
    const moved = new DenseOperator(matrix.map((value, at) => (at === 0 ? value + 1e-3 : value)));
    await expect(lanczos(moved, settings())).rejects.toMatchObject({
      code: 'CORRUPT_STATE',
      message: expect.stringContaining('measured with another operator') as string,
    });
  });

  it('never overwrites a file that is something else', async () => {
    await fs.writeFile(file, 'my thesis');
    await expect(lanczos(new DenseOperator(matrix), settings())).rejects.toThrow(
      `${file}: it is not a saved Lanczos state, or its beginning is damaged`,
    );
    expect(await fs.readFile(file, 'utf8')).toBe('my thesis');
  });

  it('says when it cannot be written', async () => {
    const nowhere = settings({ journal: { file: path.join(directory, 'missing', 'state') } });
    await expect(lanczos(new DenseOperator(matrix), nowhere)).rejects.toMatchObject({ code: 'STATE_UNWRITABLE' });
  });
});

/** A run of the built package in a process of its own, on a diagonal operator that pauses at every product; prints what it measured. */
const program = (milliseconds: number): string => `
  import { lanczos } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
  const operator = { dimension: ${n}, apply: async (vectors) => {
    await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
    console.log('product');
    return vectors.map((value, i) => value * Math.sqrt(i % ${n}));
  } };
  try {
    const { probes } = await lanczos(operator, ${JSON.stringify(settings({ steps: 30, ritzVectors: 0 }))});
    console.log(JSON.stringify(probes.map(({ alpha, beta }) => [[...alpha], [...beta]])));
  } catch ({ code, message }) {
    console.log(JSON.stringify({ code, message }));
  }`;

describe('a journal of a process', () => {
  const local: LinearOperator = {
    dimension: n,
    apply: (vectors) => Promise.resolve(vectors.map((value, i) => value * Math.sqrt(i % n))),
  };
  const uninterrupted = (): Promise<LanczosResult> => {
    const { journal: _, ...options } = settings({ steps: 30, ritzVectors: 0 });
    return lanczos(local, options);
  };

  it('survives kill -9', async () => {
    const script = path.join(directory, 'run.mjs');
    await fs.writeFile(script, program(5));
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let products = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      products += chunk.toString().split('product').length - 1;
      if (products >= 14) child.kill('SIGKILL');
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');

    await fs.writeFile(script, program(0));
    const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeLessThan(30);
    const expected = (await uninterrupted()).probes.map(({ alpha, beta }) => [[...alpha], [...beta]]);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(expected);
  });

  it('says that the disk is full, keeps what was saved, and continues when there is room', async () => {
    const script = path.join(directory, 'run.mjs');
    await fs.writeFile(script, program(0));
    // The shell's unit is 512 or 1024 bytes: room for a few records, not for all.
    const limited = spawnSync('sh', ['-c', `ulimit -f 24; exec "${process.execPath}" "${script}"`], {
      encoding: 'utf8',
    });
    const failure = JSON.parse(limited.stdout.trim().split('\n').at(-1) ?? '') as { code: string; message: string };
    expect(failure.code).toBe('STATE_UNWRITABLE');
    expect(failure.message).toContain(`${file}: the Lanczos state cannot be saved`);
    expect((await fs.stat(file)).size).toBeGreaterThan(7000);

    const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeLessThan(30);
    const expected = (await uninterrupted()).probes.map(({ alpha, beta }) => [[...alpha], [...beta]]);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(expected);
  });
});
