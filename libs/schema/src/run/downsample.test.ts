import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremePositions } from './downsample.ts';

describe('extremePositions', () => {
  it('keeps everything that fits', () => {
    expect(extremePositions(4, [[1, 2, 3, 4]], 4)).toEqual([0, 1, 2, 3]);
    expect(extremePositions(0, [[]], 10)).toEqual([]);
  });

  it('keeps a spike of one step in any series', () => {
    const flat = Array.from({ length: 50_000 }, () => 1);
    const spiky = flat.map((value, step) => (step === 31_234 ? 1000 : value));
    const dipping = flat.map((value, step) => (step === 777 ? -3 : value));
    const kept = extremePositions(50_000, [flat, spiky, dipping], 500);
    expect(kept).toContain(31_234);
    expect(kept).toContain(777);
    expect(kept.length).toBeLessThanOrEqual(500);
    expect(kept.length).toBeGreaterThan(100);
  });

  it('keeps the extremes of a series that was measured only now and then', () => {
    const dense = Array.from({ length: 10_000 }, (_, step) => Math.sin(step));
    const sparse = dense.map((_, step) => (step % 1000 === 500 ? step : null));
    const kept = extremePositions(10_000, [dense, sparse], 200);
    for (const extreme of [500, 9500]) expect(kept).toContain(extreme);
  });

  it('spreads even a budget too small for the extremes', () => {
    const noise = Array.from({ length: 1000 }, (_, step) => Math.sin(step * step));
    const series = Array.from({ length: 6 }, (_, shift) =>
      noise.map((_, step) => noise[(step + shift * 97) % 1000] ?? 0),
    );
    expect(extremePositions(1000, series, 3)).toEqual([0, 500, 999]);
  });

  it('stays within the budget, ascending, without repeats, with both ends', () => {
    const values = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(values, values), { minLength: 3, maxLength: 300 }),
        fc.integer({ min: 2, max: 60 }),
        (rows, budget) => {
          const series = [rows.map(([first]) => first), rows.map(([, second]) => second)];
          const kept = extremePositions(rows.length, series, budget);
          expect(kept.length).toBeLessThanOrEqual(Math.max(budget, Math.min(rows.length, budget)));
          expect(kept[0]).toBe(0);
          expect(kept.at(-1)).toBe(rows.length - 1);
          expect(kept.every((position, index) => index === 0 || position > (kept[index - 1] ?? position))).toBe(true);
        },
      ),
    );
  });
});
