import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, logScale, stepScale, symlogScale } from './axisScale.ts';

describe('linearScale', () => {
  it('labels round values inside the domain', () => {
    expect(linearScale([0, 1]).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearScale([-3.2, 41]).ticks).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('logScale', () => {
  it('labels powers of ten, thinned to the number asked for', () => {
    expect(logScale([1e-6, 1e2]).ticks).toEqual([1e-6, 1e-4, 1e-2, 1, 1e2]);
    expect(logScale([1e-3, 1]).ticks).toEqual([1e-3, 1e-2, 1e-1, 1]);
  });

  it('labels 1, 2 and 5 where there are few decades, and plain values within one', () => {
    expect(logScale([0.1, 2.5]).ticks).toEqual([0.1, 0.2, 0.5, 1, 2]);
    expect(logScale([2.2, 2.9]).ticks).toEqual([2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9]);
  });

  it('refuses what has no logarithm', () => {
    expect(() => logScale([0, 1])).toThrow(/symlog/);
  });
});

describe('symlogScale', () => {
  it('labels 0 and powers of ten on both sides', () => {
    expect(symlogScale([-2, 150], 0.1).ticks).toEqual([-1, -0.1, 0, 0.1, 1, 10, 100]);
    expect(symlogScale([-2, 150], 0.1).ticks.map(symlogScale([-2, 150], 0.1).format)).toEqual([
      '−1',
      '−0.1',
      '0',
      '0.1',
      '1',
      '10',
      '100',
    ]);
  });

  it('always labels at least two values, inside the domain and ascending', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-4, max: 10, noNaN: true }),
        (low, span, linear) => {
          const { ticks, domain } = symlogScale([low, low + span], linear);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          for (const [index, tick] of ticks.entries()) {
            expect(tick).toBeGreaterThanOrEqual(domain[0] - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(domain[1] + span * 1e-6);
            expect(tick).toBeGreaterThan(ticks[index - 1] ?? -Infinity);
          }
        },
      ),
    );
  });

  it('refuses a width of 0', () => {
    expect(() => symlogScale([-1, 1], 0)).toThrow(/positive linear width/);
  });
});

describe('every scale', () => {
  it('finds the value of its own position', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (value) => {
        for (const scale of [linearScale([0, 1]), logScale([1, 2]), symlogScale([-1, 1], 0.01), stepScale(100)]) {
          expect(scale.value(scale.position(value)) / value).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('refuses an empty or infinite domain', () => {
    expect(() => linearScale([1, 1])).toThrow(/ascending order/);
    expect(() => symlogScale([0, Infinity], 1)).toThrow(/finite/);
  });
});

describe('stepScale', () => {
  it('shows step 0 and labels decades', () => {
    expect(stepScale(1000).ticks).toEqual([0, 1, 10, 100, 1000]);
    expect(stepScale(1000).position(0)).toBe(0);
    expect(stepScale(0).domain).toEqual([0, 1]);
  });
});
