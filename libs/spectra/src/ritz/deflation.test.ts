import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { density } from '../density/density.ts';
import { distributionBounds } from '../bounds/distributionBounds.ts';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { trace } from '../statistics/moments.ts';
import { outliers, topRitzValues } from '../statistics/outliers.ts';
import { probeMeasures } from './spectralMeasure.ts';

const n = 300;
const known = [40, 10];
/** The probes never saw the two largest eigenvalues. */
const spectrum: MeasuredSpectrum = {
  dimension: n,
  probes: referenceProbes(bulkAndOutliers(n, known).slice(0, -2), { steps: 30, probes: 5 }),
  deflated: { values: known, residuals: [1e-9, 1e-9] },
};

describe('deflated eigenvalues', () => {
  it.each(['plain', 'variance-reduced'] as const)('weigh 1/n each in the %s measure', (method) => {
    for (const { nodes, weights } of probeMeasures(spectrum, method)) {
      for (const value of known) expect(weights[nodes.indexOf(value)]).toBe(1 / n);
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    }
  });

  it('are outliers, largest first', () => {
    const { values, residuals, lambdaMax } = outliers(spectrum);
    expect([...values].slice(0, 2)).toEqual([40, 10]);
    expect(residuals[0]).toBe(1e-9);
    expect(lambdaMax).toBe(40);
    expect(topRitzValues(spectrum, 2).map(({ value }) => value)).toEqual([40, 10]);
  });

  it('count in the trace and in the density', () => {
    const exact = bulkAndOutliers(n, known).reduce((sum, x) => sum + x, 0);
    const { value, standardError } = trace(spectrum);
    expect(Math.abs(value - exact)).toBeLessThan(4 * (standardError ?? 0));
    const curve = density(spectrum, { smoothing: { kind: 'absolute', sigma: 0.5 }, grid: { points: 4001 } });
    const at = curve.lambda.findIndex((x) => x >= 40);
    expect((curve.density[at] ?? NaN) * n * 0.5 * Math.sqrt(2 * Math.PI)).toBeCloseTo(1, 3);
  });

  it('are known to the bounds of the distribution', () => {
    const { lower, upper } = distributionBounds(spectrum, { lambda: [20, 40] });
    expect(upper).toEqual([expect.closeTo(1 - 1 / n, 12), 1]);
    expect(lower[0]).toBeLessThan(1 - 1 / n);
  });

  it.each<[MeasuredSpectrum['deflated'], string]>([
    [{ values: [1, 2], residuals: [0] }, 'got 2 values and 1 residuals'],
    [{ values: [NaN], residuals: [0] }, 'deflated.values[0] is NaN'],
    [{ values: new Array<number>(n).fill(1), residuals: new Array<number>(n).fill(0) }, 'fewer than 300'],
  ])('are refused: %j', (deflated, message) => {
    expect(() => probeMeasures({ ...spectrum, ...(deflated && { deflated }) })).toThrow(message);
  });
});
