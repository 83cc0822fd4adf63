import { describe, expect, it } from 'vitest';
import { glyphPaths } from './glyph.ts';

describe('the picture of a density in a table', () => {
  it('spans the range and five decades below the peak, with 0 marked', () => {
    const paths = glyphPaths([-1, 0, 1, 3], [1e-9, 10, 0.1, 0], 80, 20);
    expect(paths?.area).toBe('M0 20L0.0 20.0L20.0 0.0L40.0 8.0L80.0 20.0L80 20Z');
    expect(paths?.zero).toBe(20);
  });

  it('marks no 0 outside the range, and draws nothing of nothing', () => {
    expect(glyphPaths([1, 2], [1, 1], 10, 10)?.zero).toBeNull();
    expect(glyphPaths([1, 1], [1, 1], 10, 10)).toBeNull();
    expect(glyphPaths([1, 2], [0, 0], 10, 10)).toBeNull();
    expect(glyphPaths([], [], 10, 10)).toBeNull();
  });
});
