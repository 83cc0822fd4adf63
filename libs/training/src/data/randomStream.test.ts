import { describe, expect, it } from 'vitest';
import { randomOrder, randomStream } from './randomStream.ts';

function numbers(seed: number, purpose: 'parameters' | 'order' = 'parameters', count = 50_000): number[] {
  const stream = randomStream(seed, purpose);
  return Array.from({ length: count }, () => stream.next());
}

describe('randomStream', () => {
  it('is a function of the seed and the purpose', () => {
    expect(numbers(3, 'order', 10)).toEqual(numbers(3, 'order', 10));
    const starts = [
      numbers(3, 'order', 4),
      numbers(3, 'parameters', 4),
      numbers(4, 'order', 4),
      numbers(3 + 2 ** 32, 'order', 4),
    ];
    expect(new Set(starts.map(String)).size).toBe(4);
  });

  it('is uniform, from one number to the next and from one seed to the next', () => {
    const values = numbers(1);
    const other = numbers(2);
    const mean = (of: (x: number, i: number) => number): number =>
      values.reduce((sum, x, i) => sum + of(x, i), 0) / values.length;
    const tolerance = 5 / Math.sqrt(12 * values.length);
    expect(Math.abs(mean((x) => x) - 1 / 2)).toBeLessThan(tolerance);
    expect(Math.abs(mean((x) => x * x) - 1 / 3)).toBeLessThan(tolerance);
    expect(Math.abs(mean((x, i) => (x - 0.5) * ((values[i + 1] ?? 0.5) - 0.5)))).toBeLessThan(tolerance / 3);
    expect(Math.abs(mean((x, i) => (x - 0.5) * ((other[i] ?? 0.5) - 0.5)))).toBeLessThan(tolerance / 3);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => randomStream(seed, 'order')).toThrow(`got ${seed}`);
  });
});

describe('randomOrder', () => {
  it('is a permutation', () => {
    const order = randomOrder(1000, randomStream(5, 'order'));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });

  it('puts every item in every place about as often', () => {
    const stream = randomStream(6, 'order');
    const firsts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const [first = 0] = randomOrder(4, stream);
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
