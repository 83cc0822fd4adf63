import { describe, expect, it } from 'vitest';
import { formatNumber, renderTable } from './table.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [12.34567, '12.35'],
    [-0.0012346, '-0.001235'],
    [0.00012345, '1.23e-4'],
    [123456, '1.23e+5'],
    [null, '–'],
    [undefined, '–'],
  ])('%s reads %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('renderTable', () => {
  it('aligns numbers to the right and text to the left, without trailing blanks', () => {
    expect(
      renderTable(
        ['run', 'λ1'],
        [
          ['constant', '1.5'],
          ['b', '–'],
        ],
      ),
    ).toBe('run        λ1\n────────  ───\nconstant  1.5\nb           –');
  });
});
