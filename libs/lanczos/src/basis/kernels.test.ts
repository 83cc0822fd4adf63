import { lcg } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import { kernelsOn, type Kernels } from './kernels.ts';
import { floatsAt } from './RowStore.ts';
import { sharedMemory } from './webAssembly.ts';

interface Layout {
  readonly rows: FloatArray;
  readonly vector: Float64Array;
  readonly numbers: Float64Array;
  readonly run: (kernel: keyof Kernels) => void;
}

/** Rows at 0, numbers and vector behind them, every row `gap` numbers longer than the columns used. */
function layout(precision: Precision, count: number, columns: number): Layout {
  const gap = 4;
  const memory = sharedMemory(4 * 65_536);
  const bytes = floatArray(precision, 1).byteLength;
  const stride = (columns + gap) * bytes;
  const numbersAt = 8 * Math.ceil((count * stride) / 8);
  const vectorAt = numbersAt + 8 * count;
  const rows = floatsAt(memory, precision, 0, count * (columns + gap));
  const random = lcg(count * 100 + columns);
  rows.set(random.uniform(rows.length));
  const vector = new Float64Array(memory.buffer, vectorAt, columns);
  vector.set(random.uniform(columns));
  const numbers = new Float64Array(memory.buffer, numbersAt, count);
  numbers.set(random.uniform(count));
  const kernels = kernelsOn(memory)[precision];
  return { rows, vector, numbers, run: (kernel) => kernels[kernel](0, stride, count, vectorAt, columns, numbersAt) };
}

const cases = (['float32', 'float64'] as const).flatMap((precision) =>
  [1, 2, 3, 4, 5, 8, 11].flatMap((count) => [4, 8, 100].map((columns) => [precision, count, columns] as const)),
);

describe.each(cases)('kernels on %s, %i rows of %i columns', (precision, count, columns) => {
  it('projects', () => {
    const { rows, vector, numbers, run } = layout(precision, count, columns);
    const expected = numbers.map((start, r) =>
      vector.reduce((sum, value, i) => sum + value * (rows[r * (columns + 4) + i] ?? 0), start),
    );
    run('project');
    numbers.forEach((value, r) => expect(value).toBeCloseTo(expected[r] ?? Number.NaN, 12));
  });

  it('combines', () => {
    const { rows, vector, numbers, run } = layout(precision, count, columns);
    const expected = vector.map((start, i) =>
      numbers.reduce((sum, value, r) => sum + value * (rows[r * (columns + 4) + i] ?? 0), start),
    );
    run('combine');
    vector.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 12));
  });

  it('scales, rounded once', () => {
    const { rows, vector, numbers, run } = layout(precision, count, columns);
    const expected = rows.map((before, at) => {
      const [row, i] = [Math.floor(at / (columns + 4)), at % (columns + 4)];
      return i < columns ? (vector[i] ?? 0) * (numbers[row] ?? 0) : before;
    });
    run('scale');
    expect(rows).toEqual(expected);
  });
});

describe('kernels', () => {
  it('do nothing for no rows', () => {
    const memory = sharedMemory(65_536);
    const all = new Float64Array(memory.buffer).fill(1.5);
    const { project, combine, scale } = kernelsOn(memory).float32;
    project(0, 16, 0, 64, 4, 128);
    combine(0, 16, 0, 64, 4, 128);
    scale(0, 16, 0, 64, 4, 128);
    expect(all.every((value) => value === 1.5)).toBe(true);
  });
});
