import { describe, expect, it } from 'vitest';
import { comparability, type MeasurementConditions } from './comparability.ts';

const conditions: MeasurementConditions = {
  operator: 'hessian',
  block: 'all',
  preconditioner: 'none',
  lossReduction: 'mean',
  weightDecayIncluded: false,
  batchNorm: 'none',
  batchSize: null,
  dataSize: 1000,
  dataFingerprint: 'a1',
  parameterCount: 15_910,
};

describe('comparability', () => {
  it('of equal conditions is given', () => {
    expect(comparability(conditions, { ...conditions })).toEqual({ comparable: true, differences: [] });
  });

  it.each<[Partial<MeasurementConditions>, boolean]>([
    [{ operator: 'ggn' }, false],
    [{ block: 'layer1' }, false],
    [{ preconditioner: 'adam' }, false],
    [{ lossReduction: 'sum' }, false],
    [{ weightDecayIncluded: true }, false],
    [{ batchNorm: 'population' }, true],
    [{ batchSize: 32 }, true],
    [{ dataSize: 500 }, true],
    [{ dataFingerprint: 'b2' }, true],
    [{ parameterCount: 100 }, true],
  ])('of conditions that differ in %j', (change, comparable) => {
    const [field, second] = Object.entries(change)[0] ?? [];
    const result = comparability(conditions, { ...conditions, ...change });
    expect(result.comparable).toBe(comparable);
    expect(result.differences).toEqual([
      expect.objectContaining({
        field,
        first: conditions[field as keyof MeasurementConditions],
        second,
        severity: comparable ? 'caution' : 'incomparable',
      }),
    ]);
    expect(result.differences[0]?.consequence).toMatch(/\w+.*\.$/);
  });

  it('names the grave differences first', () => {
    const { differences } = comparability(conditions, {
      ...conditions,
      dataSize: 1,
      operator: 'ggn',
      dataFingerprint: 'c',
    });
    expect(differences.map(({ field }) => field)).toEqual(['operator', 'dataSize', 'dataFingerprint']);
  });
});
