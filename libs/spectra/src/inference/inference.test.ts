import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from './hodgesLehmann.ts';
import { holm } from './holm.ts';
import { moreUnits } from './moreUnits.ts';
import { signFlipTest } from './signFlips.ts';
import { studentInterval, studentTest } from './studentInterval.ts';

/** Hollander and Wolfe (1999), table 3.1: nine patients' scores of depression after a drug less those before it. */
const depression = [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01];

describe('hodgesLehmann', () => {
  it('is what the book finds: −0.46, and −0.786 to −0.010 at 96.1 %', () => {
    const found = hodgesLehmann(depression, 0.95);
    expect(found?.centre).toBeCloseTo(-0.46, 12);
    expect(found?.interval?.[0]).toBeCloseTo(-0.786, 12);
    expect(found?.interval?.[1]).toBeCloseTo(-0.01, 12);
  });

  it('has no 95 % interval for five values, whose widest reaches 93.75 %', () => {
    expect(hodgesLehmann([1, 2, 3, 4, 5], 0.95)?.interval).toBeNull();
    expect(hodgesLehmann([1, 2, 3, 4, 5], 0.9375)?.interval).toEqual([1, 5]);
    expect(hodgesLehmann([1, 2, 3, 4, 5, 6], 0.95)?.interval).toEqual([1, 6]);
    expect(hodgesLehmann([], 0.95)).toBeNull();
  });

  it('is not carried away by one value', () => {
    expect(hodgesLehmann([1, 2, 3, 4, 1e9], 0.9)?.centre).toBeLessThan(5);
  });
});

describe('tests', () => {
  it('by flips of signs count all flips', () => {
    expect(signFlipTest([1, 2, 3])).toBe(2 / 8);
    expect(signFlipTest([1, 2, -3])).toBe(1);
    // The sum of the greatest three less than the rest: counted by hand among 16.
    expect(signFlipTest([4, 3, 2, -1])).toBe(4 / 16);
    expect(signFlipTest([])).toBeNull();
    expect(signFlipTest(Array.from({ length: 21 }, () => 1))).toBeNull();
    expect(signFlipTest([0.1, 0.2, 0.3])).toBe(2 / 8);
  });

  it('by Student’s t agree with the interval', () => {
    const p = studentTest(depression, 0) ?? 1;
    const [, high] = studentInterval(depression, 1 - p) ?? [];
    expect(high).toBeCloseTo(0, 9);
    expect(studentTest([1], 0)).toBeNull();
    expect(studentTest([1, 1], 1)).toBe(1);
    expect(studentTest([1, 1], 0)).toBe(0);
  });
});

describe('holm', () => {
  it('adjusts step by step, never downward, and passes over what was not tested', () => {
    expect(holm([0.01, 0.04, null, 0.03])).toEqual([0.03, 0.06, null, 0.06]);
    expect(holm([0.9, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('moreUnits', () => {
  it('is the least number with which the interval decides', () => {
    const values = [0.5, 1.5, -0.2];
    const more = moreUnits(values, 0, 0.95) ?? Number.NaN;
    const like = (count: number): number[] => {
      // The same mean and spread, of more values.
      const [centre, deviation] = [0.6, Math.sqrt(0.73)];
      const half = Math.sqrt((count - 1) / count) * deviation;
      return Array.from({ length: count }, (_, i) => centre + (i % 2 === 0 ? half : -half));
    };
    const even = values.length + more + ((values.length + more) % 2);
    expect(studentInterval(like(even), 0.95)?.[0]).toBeGreaterThan(0);
    expect(studentInterval(like(even - 2), 0.95)?.[0]).toBeLessThanOrEqual(0);
  });

  it('is 0 where it decides now, and null where nothing can be told', () => {
    expect(moreUnits([1, 1.1, 0.9], 0, 0.95)).toBe(0);
    expect(moreUnits([1], 0, 0.95)).toBeNull();
    expect(moreUnits([1, -1], 0, 0.95)).toBeNull();
  });
});
