import { describe, expect, it } from 'vitest';
import { nonFiniteIn, type Characters } from './nonFinite.ts';

describe('a number that is not finite', () => {
  it.each([
    ['{"loss": NaN}', 'NaN'],
    ['[1, -Infinity ]', '-Infinity'],
    ['{"a":"\\"x","b":\n Infinity , "c": 1}', 'Infinity'],
    ['[NaN, Infinity]', 'NaN'],
  ])('is found in %s', (text, name) => expect(nonFiniteIn(text)).toBe(name));

  it.each(['{"loss": "NaN"}', '{"NaN": 1}', '[NaNs]', '[1 NaN]', 'NaN', '["a\\", NaN, "]', '["[NaN]'])(
    'is not found in %s',
    (text) => expect(nonFiniteIn(text)).toBeNull(),
  );
});

describe('the scan', () => {
  const length = 100_000;
  it.each([
    ['quotes', '"'],
    ['escaped quotes in a string without end', '"\\"'],
    ['blanks behind a bracket', '[ '],
    ['names that go on', ',NaNs'],
    ['names followed by blanks only', `,NaN${' '.repeat(1000)}x`],
  ])('reads each character at most 20 times, also of %s', (_what, part) => {
    let read = 0;
    const text = part.repeat(Math.ceil(length / part.length));
    const counted: Characters = { length: text.length, charCodeAt: (at) => (read++, text.charCodeAt(at)) };
    expect(nonFiniteIn(counted)).toBeNull();
    expect(read).toBeLessThan(20 * text.length);
  });
});
