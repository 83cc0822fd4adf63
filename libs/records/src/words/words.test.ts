/** Words and the constants they are spelled as elsewhere. */
import { expect, test } from 'vitest';
import { constantOf, wordOf } from './constantCase.ts';
import * as words from './words.ts';

test('every list has lower-case words, each once, that constants lead back to', () => {
  for (const list of Object.values<readonly string[]>({ ...words })) {
    expect(new Set(list).size).toBe(list.length);
    for (const word of list) {
      expect(word).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(wordOf(list, constantOf(word))).toBe(word);
    }
  }
});

test('a constant is typed by its word', () => {
  const constant: 'WARMUP_COSINE' = constantOf('warmup-cosine');
  expect(constant).toBe('WARMUP_COSINE');
  expect(wordOf(words.curvatureOperators, 'BANANA' as string)).toBeUndefined();
});
