import { measurement } from '@ritz/spectra';
import { describe, expect, it } from 'vitest';
import {
  claimDrawing,
  describeMeasurement,
  describeMore,
  describeUnits,
  findings,
  findingSentence,
  type ClaimRun,
} from './findings.ts';

/** A run whose spectrum is a bulk that ends at 1, and one outlier; without batch normalisation the gradient lies in its space. */
function run(setting: string, batchNorm: ClaimRun['batchNorm'], outlier: number, seed: number): ClaimRun {
  return {
    setting,
    claims: null,
    family: 'net',
    schedule: 'constant 0.1',
    initialRate: 0.1,
    isRateConstant: true,
    batchNorm,
    residual: false,
    seed,
    diverged: false,
    classes: 2,
    parameters: 100,
    drops: [],
    losses: [0, 10].map((step) => ({ step, trainLoss: (batchNorm === 'none' ? 2 : 1) + 0.01 * seed * step })),
    spectra: [0, 10].map((step) => ({
      step,
      examples: 200,
      lambdaMax: outlier,
      lambdaMin: -0.1,
      ratio: outlier,
      topSum: outlier + 1,
      outlierCount: 1,
      nearZero: 0,
      rootMeanSquare: outlier,
      meanMagnitude: outlier,
      overlap: (['full-batch', 'mini-batch'] as const).map((gradient) => ({
        k: 2,
        gradient,
        fraction: (batchNorm === 'none' ? 0.8 + 0.01 * seed : 0.2) + 0.01 * seed,
      })),
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
    const suppresses = findings(runs).find(({ claim }) => claim.id === 'F3');
    expect(suppresses?.result.verdict).toBe('supports');
    expect(suppresses && claimDrawing(suppresses.result.figure)?.series.length).toBeGreaterThan(0);
  });
});

describe('findingSentence', () => {
  it('is led by the number that decided, with its interval and where it was claimed to lie', () => {
    const runs = [1, 2, 3].flatMap((seed) => [
      run('without', 'none', 50 + seed, seed),
      run('with', 'minibatch', 1.5 + 0.1 * seed, seed),
    ]);
    const suppresses = findings(runs).find(({ claim }) => claim.id === 'F3');
    if (!suppresses) throw new Error('there is a claim about batch norm');
    const { answer, because } = findingSentence(suppresses);
    expect(answer).toBe('Supported');
    expect(because).toMatch(/ is [\d.−-]+ \(95 %: \S+ to \S+\), claimed (above|below) [\d.−-]+$/);
  });

  it('says that nothing was measured', () => {
    expect(findings([]).map(findingSentence)).toEqual(
      Array.from({ length: 6 }, () => ({ answer: 'Undecided', because: 'none of the selected runs bears on it' })),
    );
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
    const claimed = { side: 'above', of: 0 } as const;
    const of = (...values: number[]) =>
      describeMeasurement(
        measurement(
          'slope',
          claimed,
          values.map((value, seed) => ({ value, seed, net: 'net' })),
        ),
      );
    expect(of(0.31, 0.42, 0.53)).toBe('0.42 (95 %: 0.147 to 0.693; 3 seeds)');
    expect(of(0.4211)).toBe('0.421 (no interval; 1 seed)');
    expect(of()).toBe('too few runs');
  });

  it('says what the replicates are, what is missing and what would decide', () => {
    const nets = ['a', 'b'].flatMap((net, at) => [1, 2].map((seed) => ({ net, seed, value: at + 0.1 * seed })));
    const one = measurement('slope', { side: 'above', of: 0 }, [...nets, { net: 'b', seed: 3, value: Number.NaN }]);
    expect(describeUnits(one)).toBe('2 nets, 4 replicates; 1 missing');
    expect(describeMore(one)).toBe('about 6 more nets would decide');
    expect(describeMore({ ...one, verdict: 'supports' })).toBe('');
  });
});
