import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pooledMeasure, ritzDecomposition, wasserstein1 } from '@ritz/spectra';
import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { bulkAndOutliers, DenseOperator, withSpectrum } from '../testing/denseOperator.ts';
import { lanczos, type LanczosOptions } from '../lanczos.ts';

const n = 200;
const outliers = [50, 30, 12, 11];
const spectrum = bulkAndOutliers(n, outliers);
const { matrix, basis } = withSpectrum(spectrum);
const random = lcg(6);
/** The top eigenvectors as they were a step ago: turned by about 10 %. */
const previous = basis.slice(0, 4).map((vector) => {
  const noise = random.uniform(n);
  return vector.map((x, i) => x + 0.02 * (noise[i] ?? 0));
});
const settings: LanczosOptions = {
  steps: 25,
  probes: 3,
  seed: 4,
  precision: 'float64',
  deflate: { vectors: previous },
};

describe('deflation', () => {
  it('finds the eigenvalues that the vectors nearly belong to, each within its residual', async () => {
    const { deflated } = await lanczos(new DenseOperator(matrix), settings);
    expect(deflated.values.length).toBe(4);
    outliers.forEach((exact, i) => {
      expect(Math.abs((deflated.values[i] ?? NaN) - exact)).toBeLessThanOrEqual((deflated.residuals[i] ?? 0) + 1e-10);
      expect(deflated.residuals[i]).toBeLessThan(0.05);
    });
  });

  it('leaves the rest to the probes', async () => {
    const operator = new DenseOperator(matrix);
    const { probes, hvpCount, dimension, deflated } = await lanczos(operator, settings);
    for (const { alpha, beta } of probes) {
      const { values, weights } = ritzDecomposition({ alpha, beta });
      const above = [...values.keys()].filter((i) => (values[i] ?? 0) > 2);
      expect(above.reduce((sum, i) => sum + (weights[i] ?? 0), 0)).toBeLessThan(1e-6);
    }
    expect(hvpCount).toBe(3 * 4 + 3 * 25);
    expect(operator.calls).toEqual([4, 4, 4, ...new Array<number>(25).fill(3)]);
    const exact = { nodes: Float64Array.from(spectrum), weights: new Float64Array(n).fill(1 / n) };
    expect(wasserstein1(pooledMeasure({ dimension, probes, deflated }), exact)).toBeLessThan(0.05);
  });

  it('finds the vectors of the next step', async () => {
    const { top } = await lanczos(new DenseOperator(matrix), { ...settings, ritzVectors: 4 });
    outliers.forEach((exact, i) => expect(top.values[i]).toBeCloseTo(exact, 5));
    const again = await lanczos(new DenseOperator(matrix), {
      ...settings,
      deflate: { vectors: top.vectors, blocks: 1 },
    });
    expect(again.deflated.values.length).toBe(4);
    expect(Math.max(...again.deflated.residuals)).toBeLessThan(5e-3);
  });

  it('takes no vectors out that have nothing to do with the operator, nor ones that are zero or given twice', async () => {
    const unrelated = [random.uniform(n), random.uniform(n)];
    const none = await lanczos(new DenseOperator(matrix), { ...settings, deflate: { vectors: unrelated, blocks: 1 } });
    expect(none.deflated.values.length).toBe(0);
    const { deflate: _, ...without } = settings;
    expect(none.probes).toEqual((await lanczos(new DenseOperator(matrix), without)).probes);

    const first = previous[0] ?? new Float64Array(n);
    const doubled = [first, new Float64Array(n), first.map((x) => -3 * x)];
    const one = await lanczos(new DenseOperator(matrix), { ...settings, deflate: { vectors: doubled, blocks: 9 } });
    expect(one.deflated.values[0]).toBeCloseTo(50, 4);
    const nothing = await lanczos(new DenseOperator(matrix), {
      ...settings,
      deflate: { vectors: [new Float64Array(n)] },
    });
    expect(nothing.deflated.values.length).toBe(0);
  });

  it('leaves a probe at least one direction', async () => {
    const small = withSpectrum([3, 2, 1]);
    const { deflated, probes } = await lanczos(new DenseOperator(small.matrix), {
      ...settings,
      deflate: { vectors: small.basis },
    });
    expect([...deflated.values]).toEqual([expect.closeTo(3, 10), expect.closeTo(2, 10)]);
    for (const { alpha, beta, breakdown } of probes) {
      expect([...alpha]).toEqual([expect.closeTo(1, 10)]);
      expect([breakdown, ...beta]).toEqual([true, 0]);
    }
  });

  it('continues a saved run bit for bit, and only with the same vectors', async () => {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-deflation-'));
    const saved = { ...settings, journal: { file: path.join(directory, 'state'), every: 4 } };
    const inner = new DenseOperator(matrix);
    let calls = 0;
    const failing: LinearOperator = {
      dimension: n,
      apply: (vectors, k) => (calls++ === 14 ? Promise.reject(new Error('power cut')) : inner.apply(vectors, k)),
    };
    await expect(lanczos(failing, saved)).rejects.toThrow('power cut');
    const continued = await lanczos(new DenseOperator(matrix), saved);
    expect(continued.probes).toEqual((await lanczos(new DenseOperator(matrix), settings)).probes);
    const others = lanczos(new DenseOperator(matrix), { ...saved, deflate: { vectors: previous.slice(1) } });
    await expect(others).rejects.toMatchObject({ code: 'CORRUPT_STATE' });
    await fs.rm(directory, { recursive: true });
  });

  it.each<[NonNullable<LanczosOptions['deflate']>, string]>([
    [{ vectors: [new Float64Array(n - 1)] }, 'deflate.vectors: expected 200 entries each, got 199'],
    [{ vectors: previous, blocks: 0 }, 'deflate.blocks: expected an integer of at least 1, got 0'],
  ])('refuses what is no set of vectors', async (deflate, message) => {
    const run = lanczos(new DenseOperator(matrix), { ...settings, deflate });
    await expect(run).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(run).rejects.toThrow(message);
  });

  it('names the vector whose product is not finite', async () => {
    const broken = new DenseOperator(matrix.map((x, at) => (at === 7 ? Number.NaN : x)));
    await expect(lanczos(broken, settings)).rejects.toThrow(
      'returned NaN as number 0 of the product with deflated vector 0',
    );
  });
});
