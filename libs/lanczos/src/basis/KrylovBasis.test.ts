import os from 'node:os';
import { lcg, relativeError } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { floatArray, type Precision } from '../numbers/precision.ts';
import { inlineExecutor, threadedExecutor, type Executor } from './executors.ts';
import { KrylovBasis } from './KrylovBasis.ts';
import { orthogonalise, orthogonaliseProducts } from './orthogonalise.ts';
import { ScratchFile } from './ScratchFile.ts';
import { blockColumns, createScratchWorkspace, createWorkspace, scratchBytes } from './workspace.ts';

/** Three blocks, the last of them with a number of columns that is no multiple of 4. */
const dimension = 2 * blockColumns + 501;
const rows = 12;

/** Appends what is left of the working vector. */
async function append(basis: KrylovBasis): Promise<void> {
  const found = await orthogonalise([basis]);
  await KrylovBasis.append(
    [basis],
    found.map(({ norm }) => norm),
  );
}

async function fill(executor: Executor): Promise<KrylovBasis> {
  const basis = new KrylovBasis(executor, 1);
  const random = lcg(3);
  for (let row = 0; row < rows; row++) {
    basis.load(random.uniform(dimension));
    await append(basis);
  }
  return basis;
}

function filled(precision: Precision, limit?: number): Promise<KrylovBasis> {
  return fill(inlineExecutor(createWorkspace({ dimension, rows, bases: 2, precision }, limit)));
}

function rowsOf(basis: KrylovBasis): Float64Array[] {
  return Array.from({ length: basis.size }, (_, index) => {
    const row = new Float64Array(dimension);
    basis.copyRow(index, row);
    return row;
  });
}

async function combinationOf(basis: KrylovBasis): Promise<Float64Array> {
  const target = new Float64Array(dimension);
  await basis.combination([1, -2, 0.5], target);
  return target;
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
  it('is orthonormal', async () => {
    expect(largestGramError(rowsOf(await filled(precision)))).toBeLessThan(tolerance);
  });

  it('has the same bits when cut into segments', async () => {
    expect(createWorkspace({ dimension, rows, bases: 2, precision }, 1).segments.length).toBe(3);
    expect(rowsOf(await filled(precision, 1))).toEqual(rowsOf(await filled(precision)));
  });

  it('gives back a row that was stored, bit for bit', async () => {
    const basis = await filled(precision);
    const row = floatArray(precision, dimension);
    basis.copyRow(4, row);
    const other = new KrylovBasis(inlineExecutor(createWorkspace({ dimension, rows, bases: 1, precision })), 0);
    other.restore(row);
    expect(rowsOf(other)[0]).toEqual(rowsOf(basis)[4]);
  });

  it.each([1, 2, 3])(
    'has the same bits in a file, with a block of columns in memory, with %i threads',
    async (threads) => {
      const size = { dimension, rows, bases: 2, precision };
      const file = ScratchFile.create(os.tmpdir(), scratchBytes(size));
      const workspace = createScratchWorkspace(size, file, threads);
      const executor = threads === 1 ? inlineExecutor(workspace) : threadedExecutor(workspace, threads);
      try {
        const inFile = await fill(executor);
        const inMemory = await filled(precision);
        expect(rowsOf(inFile)).toEqual(rowsOf(inMemory));
        expect(await combinationOf(inFile)).toEqual(await combinationOf(inMemory));
        const bytes = workspace.segments.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0);
        expect(bytes).toBeLessThan(8 * dimension + (1 + threads) * rows * blockColumns * 8 + 2 * 65_536);
      } finally {
        await executor.close();
        file.close();
      }
    },
  );

  it('has the same bits when threads share its blocks', async () => {
    const executor = threadedExecutor(createWorkspace({ dimension, rows, bases: 2, precision }), 2);
    try {
      const shared = await fill(executor);
      const alone = await filled(precision);
      expect(rowsOf(shared)).toEqual(rowsOf(alone));
      expect(await combinationOf(shared)).toEqual(await combinationOf(alone));
    } finally {
      await executor.close();
    }
  });

  it('combines its first rows', async () => {
    const basis = await filled(precision);
    const all = rowsOf(basis);
    const expected = (all[0] ?? []).map((value, i) => value - 2 * (all[1]?.[i] ?? 0) + 0.5 * (all[2]?.[i] ?? 0));
    expect(relativeError(await combinationOf(basis), expected)).toBeLessThan(1e-15);
  });
});

describe('KrylovBasis', () => {
  it('makes a vector orthogonal that all but lies in its span', async () => {
    const basis = await filled('float64');
    const all = rowsOf(basis);
    const random = lcg(8).uniform(dimension);
    const nearly = random.map((value, i) => 1e-9 * value + all.reduce((sum, row) => sum + (row[i] ?? 0), 0));
    basis.load(nearly);
    const [found] = await orthogonalise([basis]);
    expect(found?.alongNewest).toBeCloseTo(1, 7);
    expect(found?.norm).toBeLessThan(1e-7);
    const workspace = createWorkspace({ dimension, rows: rows + 1, bases: 1, precision: 'float64' });
    const longer = new KrylovBasis(inlineExecutor(workspace), 0);
    for (const row of all) longer.restore(row);
    longer.load(nearly);
    await append(longer);
    expect(largestGramError(rowsOf(longer))).toBeLessThan(1e-13);
  });

  it('makes several vectors orthogonal at once, also those that are not of a three-term recurrence', async () => {
    const workspace = createWorkspace({ dimension, rows: rows + 1, bases: 3, precision: 'float64' });
    const executor = inlineExecutor(workspace);
    const all = rowsOf(await filled('float64'));
    const bases = [0, 1, 2].map((slot) => new KrylovBasis(executor, slot));
    const random = lcg(5);
    const weights = [0, 1e-7, 3];
    bases.forEach((basis, i) => {
      for (const row of all) basis.restore(row);
      const start = random.uniform(dimension);
      basis.load(start.map((value, c) => value + (weights[i] ?? 0) * 100 * (all[2]?.[c] ?? 0)));
    });
    const found = await orthogonaliseProducts(bases);
    await KrylovBasis.append(
      bases,
      found.map(({ norm }) => norm),
    );
    for (const basis of bases) expect(largestGramError(rowsOf(basis))).toBeLessThan(1e-13);
  });
});
