import { ritzDecomposition } from '@ritz/spectra';
import { describe, expect, it } from 'vitest';
import type { Precision } from './numbers/precision.ts';
import { bulkAndOutliers, DenseOperator, diagonal } from './testing/denseOperator.ts';
import { lanczos } from './lanczos.ts';

describe('adaptive stopping', () => {
  const n = 500;
  const spectrum = bulkAndOutliers(n, [50, 20, 8]);
  const run = (tolerance: number, precision: Precision = 'float64') =>
    lanczos(new DenseOperator(diagonal(spectrum)), { steps: 400, probes: 4, seed: 9, tolerance, precision });

  it('stops far below the ceiling, the later the less is tolerated', async () => {
    const lengths = [];
    for (const tolerance of [1e-2, 1e-3, 2e-4]) {
      const { probes } = await run(tolerance);
      lengths.push(probes[0]?.alpha.length ?? 0);
      for (const probe of probes) {
        const values = [...ritzDecomposition(probe).values];
        expect(Math.abs((values.at(-1) ?? 0) - 50)).toBeLessThan(tolerance * 50);
        expect(Math.abs((values[0] ?? 0) + 0.1)).toBeLessThan(tolerance * 50);
      }
    }
    const [coarse = 0, middle = 0, fine = 0] = lengths;
    expect(coarse).toBeLessThan(middle);
    expect(middle).toBeLessThan(fine);
    expect(fine).toBeLessThan(120);
  });

  it('takes the ceiling when it cannot be met', async () => {
    const { probes } = await lanczos(new DenseOperator(diagonal(spectrum)), {
      steps: 22,
      probes: 2,
      seed: 9,
      tolerance: 1e-9,
      precision: 'float64',
    });
    expect(probes.map(({ alpha }) => alpha.length)).toEqual([22, 22]);
  });
});
