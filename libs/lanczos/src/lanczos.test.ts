import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ritzDecomposition } from '@ritz/spectra';
import { diagonalOperator, lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { FloatArray } from './numbers/precision.ts';
import { LanczosError } from './error/LanczosError.ts';
import type { LinearOperator } from './operator/LinearOperator.ts';
import { bulkAndOutliers, DenseOperator, diagonal, withSpectrum } from './testing/denseOperator.ts';
import { lanczos, type LanczosOptions, type LanczosProgress, type ProbeResult } from './lanczos.ts';

const double: Pick<LanczosOptions, 'precision' | 'seed'> = { precision: 'float64', seed: 1 };

function ritzValues({ alpha, beta }: ProbeResult): number[] {
  return [...ritzDecomposition({ alpha, beta }).values];
}

function onlyProbe({ probes }: { readonly probes: readonly ProbeResult[] }): ProbeResult {
  const [probe] = probes;
  if (!probe || probes.length !== 1) throw new Error('one probe expected');
  return probe;
}

/** Runs and returns the error that it must throw. */
async function failure(run: Promise<unknown>): Promise<LanczosError> {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LanczosError)) throw new Error(`a LanczosError expected, got ${String(error)}`);
  return error;
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(tolerance));
}

describe('lanczos in float64', () => {
  const spectrum = bulkAndOutliers(60, [40, 17, 9]);
  const { matrix, basis } = withSpectrum(spectrum);

  it('finds every eigenvalue of a matrix when m = n', async () => {
    const probe = onlyProbe(await lanczos(new DenseOperator(matrix), { ...double, steps: 60, probes: 1 }));
    expectClose(ritzValues(probe), [...spectrum].reverse(), 1e-10);
    expect(probe.beta.at(-1)).toBe(0);
  });

  it('takes n steps when more are asked for', async () => {
    const operator = new DenseOperator(matrix);
    const result = await lanczos(operator, { ...double, steps: 500, probes: 2 });
    expect(result.probes.map(({ alpha }) => alpha.length)).toEqual([60, 60]);
    expect(result.hvpCount).toBe(120);
    expect(operator.calls).toEqual(new Array(60).fill(2));
  });

  it('gives quadrature weights |⟨start, eigenvector⟩|² for a start of one’s own', async () => {
    const start = lcg(2).uniform(60);
    const squares = start.reduce((sum, value) => sum + value * value, 0);
    const result = await lanczos(new DenseOperator(matrix), { ...double, steps: 60, probes: 1, start });
    const { weights } = ritzDecomposition(onlyProbe(result));
    const exact = basis.map((vector) => vector.reduce((sum, x, i) => sum + x * (start[i] ?? 0), 0) ** 2 / squares);
    expectClose([...weights], exact.reverse(), 1e-11);
  });

  it('reproduces the first 2m - 1 moments of the start vector', async () => {
    const start = lcg(4).uniform(60);
    const squares = start.reduce((sum, value) => sum + value * value, 0);
    const m = 6;
    const result = await lanczos(new DenseOperator(matrix), { ...double, steps: m, probes: 1, start });
    const { values, weights } = ritzDecomposition(onlyProbe(result));
    for (let power = 0; power < 2 * m; power++) {
      const exact = basis.reduce((sum, vector, r) => {
        const share = vector.reduce((s, x, i) => s + x * (start[i] ?? 0), 0) ** 2 / squares;
        return sum + share * (spectrum[r] ?? 0) ** power;
      }, 0);
      const quadrature = values.reduce((sum, value, i) => sum + (weights[i] ?? 0) * value ** power, 0);
      expect(Math.abs(quadrature - exact)).toBeLessThan(1e-11 * Math.max(1, Math.abs(exact)));
    }
  });

  it('has no ghost copies of converged eigenvalues', async () => {
    const n = 400;
    const strong = bulkAndOutliers(n, [1000, 500]);
    const { probes } = await lanczos(new DenseOperator(diagonal(strong)), { ...double, steps: 120, probes: 3 });
    for (const probe of probes) {
      const values = ritzValues(probe);
      expect(values.filter((value) => value > 400).length).toBe(2);
      expect(values.at(-1)).toBeCloseTo(1000, 9);
      expect(values.at(-2)).toBeCloseTo(500, 9);
    }
  });

  it('measures the residual that it reports', async () => {
    const probe = onlyProbe(await lanczos(new DenseOperator(matrix), { ...double, steps: 12, probes: 1 }));
    const { values, residuals } = ritzDecomposition(probe);
    values.forEach((value, i) => {
      const distance = Math.min(...spectrum.map((exact) => Math.abs(exact - value)));
      expect(distance).toBeLessThanOrEqual((residuals?.[i] ?? 0) + 1e-10);
    });
  });

  it('has estimates of the trace that scatter around it as they should', async () => {
    const k = 200;
    const { probes } = await lanczos(new DenseOperator(matrix), { ...double, steps: 1, probes: k });
    const estimates = probes.map(({ alpha }) => 60 * (alpha[0] ?? 0));
    const mean = estimates.reduce((sum, value) => sum + value, 0) / k;
    const deviation = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1));
    const exact = spectrum.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(mean - exact)).toBeLessThan((3 * deviation) / Math.sqrt(k));
  });
});

describe('breakdown', () => {
  it.each([
    ['the identity', new Array<number>(20).fill(1), [1]],
    ['the zero matrix', new Array<number>(20).fill(0), [0]],
    ['a matrix with one parameter', [-2.5], [-2.5]],
    ['three different eigenvalues', [...new Array<number>(10).fill(1), ...new Array<number>(10).fill(2), 7], [1, 2, 7]],
    ['rank one', [5, ...new Array<number>(30).fill(0)], [0, 5]],
  ])('ends early for %s', async (_name, spectrum, distinct) => {
    for (const precision of ['float64', 'float32'] as const) {
      const operator = new DenseOperator(diagonal(spectrum));
      const result = await lanczos(operator, { precision, seed: 3, steps: 10, probes: 2 });
      for (const probe of result.probes) {
        expect(probe.breakdown).toBe(true);
        expect(probe.beta.at(-1)).toBe(0);
        expectClose(ritzValues(probe), distinct, precision === 'float64' ? 1e-12 : 1e-5);
      }
      expect(result.hvpCount).toBe(result.probes.reduce((sum, { alpha }) => sum + alpha.length, 0));
    }
  });

  it('lets the other probes go on', async () => {
    // Probe 0 is answered with multiples of itself, probe 1 with the matrix.
    const inner = new DenseOperator(withSpectrum(bulkAndOutliers(30, [8])).matrix);
    let call = 0;
    const operator: LinearOperator = {
      dimension: 30,
      apply: async (vectors, k) => {
        const products = await inner.apply(vectors, k);
        if (call++ === 0) products.set(vectors.subarray(0, 30).map((value) => 3 * value));
        return products;
      },
    };
    const { probes } = await lanczos(operator, { ...double, steps: 6, probes: 2 });
    expect(probes.map(({ alpha, breakdown }) => [alpha.length, breakdown])).toEqual([
      [1, true],
      [6, false],
    ]);
    expect(inner.calls).toEqual([2, 1, 1, 1, 1, 1]);
  });
});

describe('lanczos', () => {
  const n = 300;
  const operator = (): DenseOperator => new DenseOperator(diagonal(bulkAndOutliers(n, [30, 12, 12.5, 7])));
  const settings: LanczosOptions = { steps: 25, probes: 5, seed: 42 };

  it('gives the same bits for the same seed, and others for another', async () => {
    const once = await lanczos(operator(), settings);
    expect((await lanczos(operator(), settings)).probes).toEqual(once.probes);
    expect((await lanczos(operator(), { ...settings, seed: 43 })).probes[0]?.alpha).not.toEqual(once.probes[0]?.alpha);
  });

  it('gives the same bits however many probes fit the memory', async () => {
    const whole = await lanczos(operator(), settings);
    const small = operator();
    const grouped = await lanczos(small, { ...settings, memory: 2 * 26 * n * 4 });
    expect(grouped.probes).toEqual(whole.probes);
    expect(small.calls).toEqual([...new Array<number>(50).fill(2), ...new Array<number>(25).fill(1)]);
  });

  it('gives the same bits with bases in a file, which leaves nothing behind', async () => {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-scratch-'));
    const twoBases = 2 * 26 * n * 4;
    const scratch = { directory, bytes: twoBases };
    const file = operator();
    // Enough for the Ritz vectors, but not for a basis.
    const inFile = await lanczos(file, { ...settings, ritzVectors: 3, memory: 3 * 16 * n, scratch });
    const inMemory = await lanczos(operator(), { ...settings, ritzVectors: 3, memory: twoBases });
    expect(inFile.probes).toEqual(inMemory.probes);
    expect(inFile.top.values).toEqual(inMemory.top.values);
    expect(file.calls.slice(0, 75)).toEqual([...new Array<number>(50).fill(2), ...new Array<number>(25).fill(1)]);
    expect(await fs.readdir(directory)).toEqual([]);
    await fs.rmdir(directory);
  });

  it('gives the same bits with any number of threads, also when a run is continued with another', async () => {
    const blocks = diagonalOperator(Float64Array.from({ length: 10_000 }, (_, i) => (i < 3 ? 10 + i : Math.sin(i))));
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-threads-'));
    const journal = { file: path.join(directory, 'state'), every: 3 };
    const controller = new AbortController();
    const onProgress = ({ done }: LanczosProgress): void => {
      if (done === 7) controller.abort(new Error('stopped by hand'));
    };
    const stopped = lanczos(blocks, { ...settings, journal, threads: 2, signal: controller.signal, onProgress });
    await expect(stopped).rejects.toThrow('stopped by hand');
    const alone = await lanczos(blocks, { ...settings, threads: 1 });
    expect((await lanczos(blocks, { ...settings, journal, threads: 3 })).probes).toEqual(alone.probes);
    await fs.rm(directory, { recursive: true });
  });

  it('says where a basis does not fit', async () => {
    const scratch = { directory: os.tmpdir(), bytes: 100 };
    const small = await failure(lanczos(operator(), { ...settings, memory: 1000, scratch }));
    expect(small.message).toContain('only 1000 are allowed in memory and 100 in a file');
    const nowhere = { directory: path.join(os.tmpdir(), 'ritz-missing-directory'), bytes: 1e9 };
    const missing = await failure(lanczos(operator(), { ...settings, memory: 1000, scratch: nowhere }));
    expect(missing.code).toBe('STATE_UNWRITABLE');
    expect(missing.message).toContain(nowhere.directory);
    const huge: LinearOperator = { dimension: 2 ** 46, apply: (vectors) => Promise.resolve(vectors) };
    const whole = { directory: os.tmpdir(), bytes: 2 ** 60 };
    const full = await failure(lanczos(huge, { ...settings, steps: 2, memory: 1000, scratch: whole }));
    expect(full.code).toBe('BAD_OPTION');
    expect(full.message).toMatch(/takes \d+ bytes, but .* has only \d+ left/);
  });

  it('finds outliers to float32 accuracy in float32', async () => {
    const { probes } = await lanczos(operator(), { ...settings, steps: 60 });
    for (const probe of probes) {
      expectClose(ritzValues(probe).slice(-4).reverse(), [30, 12.5, 12, 7], 3e-5);
    }
  });

  it('knows Rademacher starts', async () => {
    const { probes } = await lanczos(operator(), { ...settings, law: 'rademacher', precision: 'float64' });
    // Every entry of the start is ±1/√n, so α_1 is the mean of a diagonal matrix without any error.
    const exact = bulkAndOutliers(n, [30, 12, 12.5, 7]).reduce((sum, value) => sum + value, 0) / n;
    for (const { alpha } of probes) expect(alpha[0]).toBeCloseTo(exact, 12);
  });

  it('works on an operator whose methods need their object', async () => {
    expect((await lanczos(operator(), { ...settings, steps: 2 })).probes.length).toBe(5);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    const memory = 3 * 5 * n * 4;
    await lanczos(operator(), {
      ...settings,
      steps: 4,
      memory,
      onProgress: ({ done, total }) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8', '8/8']);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const slow = operator();
    const run = lanczos(slow, {
      ...settings,
      signal: controller.signal,
      onProgress: ({ done }) => done === 3 && controller.abort(new Error('stopped by hand')),
    });
    await expect(run).rejects.toThrow('stopped by hand');
    expect(slow.calls.length).toBe(3);
  });

  it.each([
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 299],
  ])('names the step and the probe at which the operator returned %d', async (value, position) => {
    const inner = operator();
    const bad: LinearOperator = {
      dimension: n,
      apply: async (vectors: FloatArray, k: number) => {
        const products = await inner.apply(vectors, k);
        if (inner.calls.length === 7) products[2 * n + position] = value;
        return products;
      },
    };
    const error = await failure(lanczos(bad, settings));
    expect(error.code).toBe('NON_FINITE');
    expect(error.message).toContain('Lanczos step 7 of probe 2');
  });

  it('says so when the operator returns too few numbers', async () => {
    const short: LinearOperator = { dimension: n, apply: (vectors) => Promise.resolve(vectors.slice(1)) };
    const error = await failure(lanczos(short, settings));
    expect([error.code, error.message]).toEqual([
      'SHAPE',
      'The operator returned 1499 numbers; expected 5 × 300 numbers.',
    ]);
  });

  it.each<[string, Partial<LanczosOptions>]>([
    ['steps (m): expected an integer of at least 1, got 0', { steps: 0 }],
    ['steps (m): expected an integer of at least 1, got 2.5', { steps: 2.5 }],
    ['probes (k): expected an integer of at least 1, got 0', { probes: 0 }],
    ['probes (k): expected an integer of at least 1, got NaN', { probes: Number.NaN }],
    ['seed: expected an integer', { seed: -1 }],
    ['law: expected sphere or rademacher, got "cube".', { law: 'cube' as 'sphere' }],
    ['precision: expected float32 or float64, got "float16".', { precision: 'float16' as 'float32' }],
    ['tolerance: expected a number from 0', { tolerance: -0.1 }],
    ['ritzVectors: expected an integer', { ritzVectors: -1 }],
    [
      'start: expected 300 entries and 1 probe, got 299 entries and 1 probes',
      { start: new Float64Array(299), probes: 1 },
    ],
    ['start: expected 300 entries and 1 probe, got 300 entries and 5 probes', { start: new Float64Array(300).fill(1) }],
    ['start: expected a vector of positive length, got length 0', { start: new Float64Array(300), probes: 1 }],
    ['memory: one basis of 26 × 300 numbers takes 31200 bytes, but only 31199 are allowed', { memory: 31_199 }],
  ])('refuses: %s', async (message, options) => {
    const error = await failure(lanczos(operator(), { ...settings, ...options }));
    expect(error.code).toBe('BAD_OPTION');
    expect(error.message).toContain(message);
  });
});
