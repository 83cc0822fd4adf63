import { describe, expect, it } from 'vitest';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks between words and indents all lines but the first', () => {
    expect(wrap('one two three four five six', { indent: 4, width: 24 })).toBe('one two three four\n    five six');
  });
  it('keeps a long word whole', () => {
    expect(wrap(`a ${'b'.repeat(30)} c`, { indent: 2, width: 22 })).toBe(`a\n  ${'b'.repeat(30)}\n  c`);
  });
  it('leaves one line where there is no terminal', () => {
    const text = 'word '.repeat(100).trim();
    expect(wrap(text, { indent: 4, width: undefined })).toBe(text);
  });
});
