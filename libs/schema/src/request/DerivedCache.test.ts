import { describe, expect, it } from 'vitest';
import { derivedCache } from './DerivedCache.ts';

function counting(value: number, size = 1000) {
  let computed = 0;
  return {
    compute: () => Promise.resolve(value + computed++ * 0),
    sizeOf: () => size,
    count: () => computed,
  };
}

describe('the cache of derived results', () => {
  it('computes once for one key, also when many ask at once', async () => {
    const cache = derivedCache(1e6);
    const work = counting(7);
    const asked = Array.from({ length: 5 }, () =>
      cache.get(['density', 'r1', { points: 10 }], work.sizeOf, work.compute),
    );
    expect(await Promise.all(asked)).toEqual([7, 7, 7, 7, 7]);
    expect(work.count()).toBe(1);
  });

  it.each([
    [['density', 'r2', { points: 10 }]],
    [['outliers', 'r1', { points: 10 }]],
    [['density', 'r1', { points: 11 }]],
    [['density', 'r1', { points: 10 }, null]],
  ])('computes again for %j', async (other) => {
    const cache = derivedCache(1e6);
    const work = counting(7);
    await cache.get(['density', 'r1', { points: 10 }], work.sizeOf, work.compute);
    await cache.get(other, work.sizeOf, work.compute);
    expect(work.count()).toBe(2);
  });

  it('lets go of what was used longest ago, and stays within its capacity', async () => {
    const cache = derivedCache(10_000);
    const work = counting(1, 3000);
    const ask = (key: string) => cache.get([key], work.sizeOf, work.compute);
    for (const key of ['a', 'b', 'a', 'c']) await ask(key);
    expect(work.count()).toBe(3);
    // The third entry pushed out `b`, which `a` was used after.
    await ask('a');
    expect(work.count()).toBe(3);
    await ask('b');
    expect(work.count()).toBe(4);
  });

  it('says what it holds and how often it helped', async () => {
    const cache = derivedCache(10_000);
    const work = counting(1, 3000);
    for (const key of ['a', 'b', 'a', 'c', 'c']) await cache.get([key], work.sizeOf, work.compute);
    expect(cache.use()).toMatchObject({ entries: 2, capacity: 10_000, hits: 2, misses: 3 });
    expect(cache.use().bytes).toBeGreaterThan(6000);
    expect(cache.use().bytes).toBeLessThanOrEqual(10_000);
  });

  it('keeps nothing of a failure', async () => {
    const cache = derivedCache(1e6);
    const size = () => 1;
    await expect(cache.get(['x'], size, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get(['x'], size, () => Promise.resolve(2))).toBe(2);
  });

  it('gives an entry larger than all of it, and does not keep it', async () => {
    const cache = derivedCache(1000);
    const work = counting(3, 5000);
    expect(await cache.get(['x'], work.sizeOf, work.compute)).toBe(3);
    await cache.get(['x'], work.sizeOf, work.compute);
    expect(work.count()).toBe(2);
  });
});
