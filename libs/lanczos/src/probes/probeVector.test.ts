import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LanczosError } from '../error/LanczosError.ts';
import { probeVector, type ProbeLaw } from './probeVector.ts';

const laws: readonly ProbeLaw[] = ['sphere', 'rademacher'];

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe.each(laws)('probeVector (%s)', (law) => {
  it.each([1, 2, 3, 4, 5, 1001])('has unit length for n = %i', (n) => {
    const vector = probeVector(law, 7, 0, n);
    expect(vector.length).toBe(n);
    expect(inner(vector, vector)).toBeCloseTo(1, 12);
  });

  it('is a function of seed and index alone', () => {
    expect(probeVector(law, 7, 3, 999)).toEqual(probeVector(law, 7, 3, 999));
    const n = 20_000;
    const vectors = [
      probeVector(law, 7, 0, n),
      probeVector(law, 7, 1, n),
      probeVector(law, 8, 0, n),
      probeVector(law, 7 + 2 ** 40, 0, n),
    ];
    vectors.forEach((a, i) => {
      for (const b of vectors.slice(0, i)) expect(Math.abs(inner(a, b))).toBeLessThan(5 / Math.sqrt(n));
    });
  });
});

describe('probeVector', () => {
  it('is the same vector on every machine', () => {
    const digest = (law: ProbeLaw): string =>
      createHash('sha256')
        .update(probeVector(law, 20_260_101, 9, 4099))
        .digest('hex')
        .slice(0, 16);
    expect([digest('sphere'), digest('rademacher')]).toEqual(['cedc27eda7aadff0', '30f50337c5df1d79']);
  });

  // The Python package reads the same file: one seed, one vector in both.
  it('has the bits that the fixture keeps', async () => {
    const file = path.resolve(import.meta.dirname, '../../../../tools/fixtures/spectrum/probe-vectors.json');
    for (const { law, seed, probe, n, sha256, first } of JSON.parse(await readFile(file, 'utf8')) as FixedVector[]) {
      const vector = probeVector(law, seed, probe, n);
      expect(createHash('sha256').update(vector).digest('hex')).toBe(sha256);
      expect(Array.from(vector.subarray(0, first.length))).toEqual(first);
    }
  });

  it('has the moments of a Gaussian on the sphere', () => {
    const n = 200_000;
    const entries = probeVector('sphere', 1, 0, n).map((value) => value * Math.sqrt(n));
    const moment = (power: number): number => entries.reduce((sum, value) => sum + value ** power, 0) / n;
    const tolerance = 5 / Math.sqrt(n);
    expect(Math.abs(moment(1))).toBeLessThan(tolerance);
    expect(Math.abs(moment(3))).toBeLessThan(tolerance * Math.sqrt(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(tolerance * Math.sqrt(96));
    const beyond = entries.filter((value) => Math.abs(value) > 1.959964).length / n;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(tolerance * Math.sqrt(0.05));
    const next = entries.reduce((sum, value, i) => sum + value * (entries[i + 1] ?? 0), 0) / n;
    expect(Math.abs(next)).toBeLessThan(tolerance);
  });

  it('has entries ±1/√n for the Rademacher law, about as many of each', () => {
    const n = 10_000;
    const entries = probeVector('rademacher', 1, 0, n);
    expect(new Set(entries.map(Math.abs))).toEqual(new Set([0.01]));
    const positive = entries.filter((value) => value > 0).length;
    expect(Math.abs(positive - n / 2)).toBeLessThan(2.5 * Math.sqrt(n));
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => probeVector('sphere', seed, 0, 4)).toThrow(LanczosError);
  });
});

interface FixedVector {
  readonly law: ProbeLaw;
  readonly seed: number;
  readonly probe: number;
  readonly n: number;
  /** Of the entries as little-endian float64. */
  readonly sha256: string;
  readonly first: readonly number[];
}
