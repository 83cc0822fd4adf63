import { describe, expect, it } from 'vitest';
import { claimDrawing, describeMeasurement, findings, type ClaimRun } from './findings.ts';

/** A run whose spectrum is a bulk that ends at 1, and one outlier; without batch normalisation the gradient lies in its space. */
function run(setting: string, batchNorm: ClaimRun['batchNorm'], outlier: number, seed: number): ClaimRun {
  return {
    setting,
    family: 'net',
    batchNorm,
    residual: false,
    seed,
    classes: 2,
    drops: [],
    losses: [
      { step: 0, trainLoss: 2 },
      { step: 10, trainLoss: 1 },
    ],
    spectra: [0, 10].map((step) => ({
      step,
      lambdaMax: outlier,
      lambdaMin: -0.1,
      ratio: outlier,
      nearZero: 0,
      spread: outlier,
      overlap: [{ k: 2, fraction: (batchNorm === 'none' ? 0.8 : 0.2) + 0.01 * seed }],
    })),
  };
}

describe('findings', () => {
  it('decides nothing without runs', () => {
    const all = findings([]);
    expect(all).toHaveLength(6);
    expect(all.map(({ result }) => result.verdict)).toEqual(Array.from({ length: 6 }, () => 'cannot tell'));
  });

  it('decides by what was measured', () => {
    const runs = [1, 2, 3].flatMap((seed) => [
      run('without', 'none', 50 + seed, seed),
      run('with', 'minibatch', 1.5 + 0.1 * seed, seed),
    ]);
    const suppresses = findings(runs).find(({ claim }) => claim.statement.toLowerCase().includes('batch norm'));
    expect(suppresses?.result.verdict).toBe('supports');
    expect(suppresses && claimDrawing(suppresses.result.figure)?.series.length).toBeGreaterThan(0);
  });
});

describe('claimDrawing', () => {
  it('draws each run in its own style', () => {
    const series = ['a', 'family'].map((name) => ({ name, points: [[0, 1] as const, [1, 2] as const] }));
    const drawing = claimDrawing({ title: '', x: '', y: '', logarithmic: false, series }, new Map([['a', 5]]));
    expect(drawing?.series.map(({ label, style }) => [label, style])).toEqual([
      ['a', 5],
      ['family', 1],
    ]);
  });

  it('draws nothing out of nothing', () => {
    expect(claimDrawing({ title: '', x: '', y: '', logarithmic: true, series: [] })).toBeNull();
  });
});

describe('describeMeasurement', () => {
  it('says how sure a number is', () => {
    const base = {
      label: 'slope',
      mean: 0.4211,
      claimed: { side: 'above', of: 0 },
      verdict: 'supports',
    } as const;
    expect(describeMeasurement({ ...base, interval: [0.31, 0.53], replicates: [1, 2, 3] })).toBe(
      '0.421 (95 %: 0.31 to 0.53; n = 3)',
    );
    expect(describeMeasurement({ ...base, interval: null, replicates: [1] })).toBe('0.421 (no interval: n = 1)');
    expect(describeMeasurement({ ...base, interval: null, replicates: [] })).toBe('too few runs');
  });
});
