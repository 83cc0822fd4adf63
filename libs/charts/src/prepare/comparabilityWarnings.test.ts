import { describe, expect, it } from 'vitest';
import { comparabilityWarnings, type MeasurementConditions } from './comparabilityWarnings.ts';

const conditions: MeasurementConditions = {
  operator: 'HESSIAN',
  block: 'all',
  preconditioner: 'NONE',
  lossReduction: 'MEAN',
  weightDecayIncluded: false,
  batchNorm: 'NONE',
  batchSize: null,
  dataSize: 1000,
  dataFingerprint: 'f',
  parameterCount: 640,
};

describe('comparabilityWarnings', () => {
  it('names who differs from whom in what, the grave differences first', () => {
    const warnings = comparabilityWarnings([
      { label: 'a', conditions },
      { label: 'b', conditions: { ...conditions, dataSize: 50 } },
      { label: 'c', conditions: { ...conditions, dataSize: 50, lossReduction: 'SUM' } },
    ]);
    expect(warnings.map(({ name, severity }) => [name, severity])).toEqual([
      ['loss reduction', 'incomparable'],
      ['number of examples', 'caution'],
    ]);
    expect(warnings[1]?.values).toEqual([
      { value: '1000', labels: ['a'] },
      { value: '50', labels: ['b', 'c'] },
    ]);
  });

  it('is silent where all were measured alike', () => {
    expect(comparabilityWarnings([])).toEqual([]);
    expect(comparabilityWarnings(['a', 'b'].map((label) => ({ label, conditions })))).toEqual([]);
  });
});
