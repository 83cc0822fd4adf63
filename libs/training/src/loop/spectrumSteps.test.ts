import { describe, expect, it } from 'vitest';
import { logSpacedSteps } from './spectrumSteps.ts';

describe('logSpacedSteps', () => {
  it('begins with 0, ends with the last step, and grows by a constant factor between', () => {
    const steps = logSpacedSteps(2000, 6);
    expect(steps).toEqual([0, 4, 19, 89, 423, 2000]);
  });

  it.each([
    [1, 2, [0, 1]],
    [1, 9, [0, 1]],
    [3, 9, [0, 1, 2, 3]],
    [100_000, 2, [0, 100_000]],
  ])('of %i with %i steps are %j', (last, count, expected) => {
    expect(logSpacedSteps(last, count)).toEqual(expected);
  });

  it.each([
    [0, 5],
    [10, 1],
    [2.5, 3],
  ])('refuses last = %d, count = %d', (last, count) => {
    expect(() => logSpacedSteps(last, count)).toThrow(`got ${last} and ${count}`);
  });
});
