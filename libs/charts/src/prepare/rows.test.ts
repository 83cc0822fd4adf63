import { describe, expect, it } from 'vitest';
import { linearScale, logScale } from './axisScale.ts';
import { readAt } from './readAt.ts';
import { chartRows } from './rows.ts';

const scale = linearScale([0, 10]);
const a = { id: 'a', label: 'A', style: 0, x: [0, 2, 4], y: [1, 2, 3] };
const b = { id: 'b', label: 'B', style: 1, x: [1, 2, 3, 4], y: [5, null, 7, 8] };

describe('chartRows', () => {
  it('has a row for every x and a value only where one was measured', () => {
    expect(chartRows([a, b], scale, scale).rows).toEqual([
      { x: 0, 's0.0': 1 },
      { x: 1, 's1.0': 5 },
      { x: 2, 's0.0': 2 },
      { x: 3, 's1.1': 7 },
      { x: 4, 's0.0': 3, 's1.1': 8 },
    ]);
  });

  it('makes one stretch on each side of a gap', () => {
    expect(chartRows([a, b], scale, scale).stretches.map(({ key, length }) => [key, length])).toEqual([
      ['s0.0', 3],
      ['s1.0', 1],
      ['s1.1', 2],
    ]);
  });

  it('leaves a gap where a logarithmic axis has no place for a value', () => {
    const negative = { ...a, y: [10, -1, 100] };
    const { rows, stretches } = chartRows([negative], scale, logScale([1, 1000]));
    expect(rows).toEqual([
      { x: 0, 's0.0': 1 },
      { x: 4, 's0.1': 2 },
    ]);
    expect(stretches).toHaveLength(2);
  });
});

describe('readAt', () => {
  it('gives measured points close by, never what lies between', () => {
    expect(readAt([a, b], 4, scale).map(({ series, x, y }) => [series.id, x, y])).toEqual([
      ['a', 4, 3],
      ['b', 4, 8],
    ]);
    expect(readAt([a, b], 0.1, scale).map(({ series, x }) => [series.id, x])).toEqual([['a', 0]]);
    expect(readAt([a, b], 2, scale).map(({ series }) => series.id)).toEqual(['a']);
    expect(readAt([a, b], 3.5, scale)).toEqual([]);
  });
});
