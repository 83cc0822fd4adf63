import { describe, expect, it } from 'vitest';
import { heatColour } from './heatColour.ts';
import { cellAt, describeCell, matrixMap, matrixRaster, matrixTable, rowAxis, type MatrixRows } from './matrixMap.ts';
import { stepScale } from './axisScale.ts';

const matrix: MatrixRows = {
  rows: ['attention', 'mlp'],
  steps: [0, 10, 100],
  values: [
    [1, 10, 100],
    [2, null, 1000],
  ],
};
const x = stepScale(100);

describe('a map of blocks over steps', () => {
  it('has a scale that suits its values', () => {
    expect(matrixMap(matrix)?.scale.kind).toBe('log');
    expect(matrixMap({ ...matrix, values: [[0.2, 0.4, 0.3]] })?.scale.kind).toBe('linear');
    expect(matrixMap({ ...matrix, values: [[-1, 0, 1e4]] })?.scale.kind).toBe('symlog');
    expect(matrixMap({ ...matrix, values: [[3, 3, 3]] })?.scale.domain).toEqual([1.5, 4.5]);
    expect(matrixMap({ ...matrix, values: [[null, NaN, null]] })).toBeNull();
  });

  it('is drawn from the lowest colour to the highest, transparent where nothing was measured', () => {
    const map = matrixMap(matrix);
    if (!map) throw new Error('the values make a map');
    const { width, height, pixels } = matrixRaster(map, x);
    expect(height).toBe(2);
    const at = (row: number, column: number) => [
      ...pixels.slice(4 * (row * width + column), 4 * (row * width + column) + 4),
    ];
    expect(at(0, 0)).toEqual([...heatColour(0), 255]);
    expect(at(1, width - 1)).toEqual([...heatColour(1), 255]);
    expect(at(1, Math.round(width / 2))[3]).toBe(0);
  });

  it('finds the row and the nearest step of a place, and names them', () => {
    const cell = cellAt(matrix, 70, 0.9, x);
    expect(cell).toEqual({ row: 'mlp', step: 100, value: 1000 });
    expect(cell && describeCell(cell)).toBe('mlp at step 100: 1,000');
    expect(cellAt({ rows: [], steps: [], values: [] }, 0, 0, x)).toBeNull();
  });

  it('names its rows from the top, few enough to be read', () => {
    const axis = rowAxis(['a', 'b', 'c', 'd'], 2);
    expect(axis.ticks.map(axis.format)).toEqual(['c', 'a']);
  });

  it('is a table of one row per step', () => {
    expect(matrixTable(matrix)).toEqual({
      columns: ['step', 'attention', 'mlp'],
      rows: [
        [0, 1, 2],
        [10, 10, null],
        [100, 100, 1000],
      ],
    });
  });
});
