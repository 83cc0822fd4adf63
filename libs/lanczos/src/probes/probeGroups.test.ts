import { describe, expect, it } from 'vitest';
import { probeGroups } from './probeGroups.ts';

const options = { dimension: 1000, steps: 9, probes: 10, precision: 'float32', vectorsPerPass: 16 } as const;
/** Of one basis. */
const bytes = 10 * 1000 * 4;

describe('groups of probes', () => {
  it.each([
    [{}, [10]],
    [{ vectorsPerPass: 4 }, [4, 3, 3]],
    [{ vectorsPerPass: 1 }, Array.from({ length: 10 }, () => 1)],
    [{ memory: 4 * bytes }, [4, 4, 2]],
    [{ memory: 5 * bytes, vectorsPerPass: 4 }, [3, 2, 3, 2]],
  ])('are the passes of what fits the memory: %o', (changes, groups) => {
    expect(probeGroups({ ...options, ...changes })).toEqual(groups);
  });

  it('are none when not even one basis fits', () => {
    expect(() => probeGroups({ ...options, memory: bytes / 2 })).toThrow('memory: one basis of 10 × 1000 numbers');
  });
});
