import { describe, expect, it } from 'vitest';
import { studentProbability, studentQuantile } from './studentT.ts';

describe('studentQuantile', () => {
  it.each([
    // Abramowitz & Stegun, table 26.10.
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 4, 2.776],
    [0.95, 9, 2.262],
    [0.95, 120, 1.98],
    [0.9, 9, 1.833],
    [0.99, 9, 3.25],
    [0.5, 1, 1],
  ])('at %d with %i degrees of freedom is %d', (confidence, freedom, exact) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(exact, 3);
  });

  it('tends to the normal distribution', () => {
    expect(studentQuantile(0.95, 1e6)).toBeCloseTo(1.959964, 4);
  });

  it('is the inverse of the probability, which for one degree of freedom is (2/π) arctan t', () => {
    for (const t of [0.1, 1, 5, 40]) {
      expect(studentProbability(t, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(t), 10);
      expect(studentQuantile(studentProbability(t, 7), 7)).toBeCloseTo(t, 6);
    }
  });
});
