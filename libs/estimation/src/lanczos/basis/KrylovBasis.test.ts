import os from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Precision } from '../../engines/Engine.ts';
import { lcg } from '../../testing/lcg.ts';
import { relativeError } from '../../testing/relativeError.ts';
import { KrylovBasis } from './KrylovBasis.ts';
import { ScratchFile } from './ScratchFile.ts';
import { createScratchWorkspace, createWorkspace, scratchBytes, type Segment } from './workspace.ts';

const dimension = 2501;
const rows = 12;

function filled(precision: Precision, limit?: number): KrylovBasis {
  return fill(createWorkspace({ dimension, rows, bases: 2, precision }, limit), precision);
}

function fill(segments: readonly Segment[], precision: Precision): KrylovBasis {
  const basis = new KrylovBasis(segments, 1, precision);
  const random = lcg(3);
  for (let row = 0; row < rows; row++) {
    basis.load(random.uniform(dimension));
    basis.append(basis.orthogonalise().norm);
  }
  return basis;
}

function rowsOf(basis: KrylovBasis): Float64Array[] {
  return Array.from({ length: basis.size }, (_, index) => {
    const row = new Float64Array(dimension);
    basis.copyRow(index, row);
    return row;
  });
}

function largestGramError(vectors: readonly Float64Array[]): number {
  let largest = 0;
  vectors.forEach((a, i) => {
    vectors.forEach((b, j) => {
      const product = a.reduce((sum, value, c) => sum + value * (b[c] ?? 0), 0);
      largest = Math.max(largest, Math.abs(product - (i === j ? 1 : 0)));
    });
  });
  return largest;
}

describe.each([
  ['float32', 1e-7],
  ['float64', 1e-14],
] as const)('KrylovBasis in %s', (precision, tolerance) => {
  it('is orthonormal', () => {
    expect(largestGramError(rowsOf(filled(precision)))).toBeLessThan(tolerance);
  });

  it('is the same when cut into segments', () => {
    const bytes = rows * 2 * (precision === 'float64' ? 8 : 4) + 8;
    expect(createWorkspace({ dimension, rows, bases: 2, precision }, 600 * bytes).length).toBe(5);
    const whole = rowsOf(filled(precision));
    rowsOf(filled(precision, 600 * bytes)).forEach((row, index) => {
      expect(relativeError(row, whole[index] ?? [])).toBeLessThan(tolerance);
    });
  });

  it('gives back a row that was stored, bit for bit', () => {
    const basis = filled(precision);
    const row = precision === 'float64' ? new Float64Array(dimension) : new Float32Array(dimension);
    basis.copyRow(4, row);
    const other = new KrylovBasis(createWorkspace({ dimension, rows, bases: 1, precision }), 0, precision);
    other.restore(row);
    expect(rowsOf(other)[0]).toEqual(rowsOf(basis)[4]);
  });

  it('has the same bits in a file, with a block of columns in memory', () => {
    const size = { dimension, rows, bases: 2, precision };
    const file = ScratchFile.create(os.tmpdir(), scratchBytes(size));
    try {
      const segments = createScratchWorkspace(size, file);
      const inFile = fill(segments, precision);
      const inMemory = filled(precision);
      expect(rowsOf(inFile)).toEqual(rowsOf(inMemory));
      const combined = [inFile, inMemory].map((basis) => {
        const target = new Float64Array(dimension);
        basis.combination([1, -2, 0.5], target);
        return target;
      });
      expect(combined[0]).toEqual(combined[1]);
      const bytes = segments.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0);
      expect(bytes).toBeLessThan(8 * dimension + rows * 4096 * 8 + 2 * 65_536);
    } finally {
      file.close();
    }
  });

  it('combines its first rows', () => {
    const basis = filled(precision);
    const all = rowsOf(basis);
    const combined = new Float64Array(dimension);
    basis.combination([2, 0, -3], combined);
    const expected = combined.map((_, i) => 2 * (all[0]?.[i] ?? 0) - 3 * (all[2]?.[i] ?? 0));
    expect(relativeError(combined, expected)).toBeLessThan(1e-15);
  });
});

describe('KrylovBasis', () => {
  it('makes a vector orthogonal that all but lies in its span', () => {
    const basis = filled('float64');
    const all = rowsOf(basis);
    const random = lcg(8).uniform(dimension);
    const nearly = random.map((value, i) => 1e-9 * value + all.reduce((sum, row) => sum + (row[i] ?? 0), 0));
    basis.load(nearly);
    const { norm, alongNewest } = basis.orthogonalise();
    expect(alongNewest).toBeCloseTo(1, 7);
    expect(norm).toBeLessThan(1e-7);
    const segments = createWorkspace({ dimension, rows: rows + 1, bases: 1, precision: 'float64' });
    const longer = new KrylovBasis(segments, 0, 'float64');
    for (const row of all) longer.restore(row);
    longer.load(nearly);
    longer.append(longer.orthogonalise().norm);
    expect(largestGramError(rowsOf(longer))).toBeLessThan(1e-13);
  });
});
