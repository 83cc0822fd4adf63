import { describe, expect, it } from 'vitest';
import { backOff } from './backOff.ts';

describe('the wait before another attempt', () => {
  it('doubles up to 15 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map((attempts) => backOff(attempts, 0.5))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ]);
  });

  it('is spread by a quarter to both sides', () => {
    expect(backOff(1, 0)).toBe(750);
    expect(backOff(1, 0.999_999)).toBe(1250);
  });
});
