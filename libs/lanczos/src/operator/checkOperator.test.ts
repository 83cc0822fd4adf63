import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import type { LinearOperator } from './LinearOperator.ts';
import { bulkAndOutliers, DenseOperator, withSpectrum } from '../testing/denseOperator.ts';
import { checkOperator } from './checkOperator.ts';

const n = 80;
const { matrix } = withSpectrum(bulkAndOutliers(n, [10, 4]));

/** The symmetric matrix plus an antisymmetric one of `share` times its Frobenius norm. */
function skewed(share: number): DenseOperator {
  const random = lcg(4).uniform(n * n);
  const skew = random.map((value, at) => value - (random[(at % n) * n + Math.floor(at / n)] ?? 0));
  const norm = (entries: Float64Array): number => Math.sqrt(entries.reduce((sum, value) => sum + value * value, 0));
  const factor = (share * norm(matrix)) / norm(skew);
  return new DenseOperator(matrix.map((value, at) => value + factor * (skew[at] ?? 0)));
}

describe('checkOperator', () => {
  it.each(['float32', 'float64'] as const)('accepts a symmetric operator in %s', async (precision) => {
    const { asymmetry, hvpCount } = await checkOperator(new DenseOperator(matrix), { precision });
    expect(asymmetry).toBeLessThan(precision === 'float64' ? 1e-13 : 1e-5);
    expect(hvpCount).toBe(8);
  });

  it('accepts the zero operator', async () => {
    expect((await checkOperator(new DenseOperator(new Float64Array(9)))).asymmetry).toBe(0);
  });

  it.each([0.5, 0.01])('refuses an operator with an antisymmetric part of %d, and says how much', async (share) => {
    const check = checkOperator(skewed(share), { precision: 'float64', vectors: 6 });
    await expect(check).rejects.toMatchObject({ code: 'ASYMMETRIC' });
    const said = await check.catch((error: unknown) => /differ by ([\d.e+-]+) of its size/.exec(String(error))?.[1]);
    expect(Number(said) / share).toBeGreaterThan(0.5);
    expect(Number(said) / share).toBeLessThan(10);
  });

  it('refuses an operator that is random, and says by how much', async () => {
    const inner = new DenseOperator(matrix);
    const operator: LinearOperator = {
      dimension: n,
      apply: async (vectors, k) => {
        const products = await inner.apply(vectors, k);
        if (inner.calls.length === 2) products[5] = (products[5] ?? 0) * (1 + 1e-3);
        return products;
      },
    };
    await expect(checkOperator(operator, { precision: 'float64' })).rejects.toMatchObject({
      code: 'NON_DETERMINISTIC',
      message: expect.stringContaining(`1 of ${4 * n} numbers differ`) as string,
    });
  });

  it('names the place of a number that is not finite', async () => {
    const operator: LinearOperator = {
      dimension: n,
      apply: (vectors) => {
        const products = vectors.slice();
        products[2 * n + 7] = Number.NaN;
        return Promise.resolve(products);
      },
    };
    await expect(checkOperator(operator)).rejects.toThrow(
      'returned NaN as number 7 of the product with random vector 2',
    );
  });

  it('refuses to compare fewer than two vectors', async () => {
    await expect(checkOperator(new DenseOperator(matrix), { vectors: 1 })).rejects.toThrow('at least 2, got 1');
  });
});
