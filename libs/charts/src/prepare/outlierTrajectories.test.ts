import { describe, expect, it } from 'vitest';
import { outlierTrajectories } from './outlierTrajectories.ts';

const leading = { step: [0, 10], lambdaMax: [5, 8], lambdaK: [1, null], classes: 3 };
const outliers = [{ step: 10, values: [8, 4], residuals: [0.5, null] }];

describe('outlierTrajectories', () => {
  it('bounds each eigenvalue by its residual, where that is known', () => {
    const [first, second, last] = outlierTrajectories(leading, outliers);
    expect(first).toMatchObject({ label: 'λ₁', y: [5, 8], lower: [null, 7.5], upper: [null, 8.5] });
    expect(second).toMatchObject({ label: 'λ₂', y: [null, 4], lower: [null, null], weight: 'faint' });
    expect(last).toMatchObject({ label: 'λK, K = 3', y: [1, null], lower: [null, null] });
  });

  it('has only the largest without classes, and a readable number for many', () => {
    expect(outlierTrajectories({ ...leading, classes: null }, outliers).map(({ label }) => label)).toEqual(['λ₁']);
    expect(outlierTrajectories({ ...leading, classes: 1000 }, outliers).length).toBeLessThanOrEqual(12);
  });
});
