/** Words and the constants they are spelled as elsewhere. */
import { expect, test } from 'vitest';
import { constantOf, wordOf } from './constantCase.ts';
import * as namedWords from './namedWords.ts';
import * as words from './words.ts';

test('every list has lower-case words, each once, that constants lead back to', () => {
  const { curvatureOperators, preconditioners, probeLaws, precisions } = namedWords;
  const named = { curvatureOperators, preconditioners, probeLaws, precisions };
  for (const list of Object.values<readonly string[]>({ ...words, ...named })) {
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
  expect(wordOf(namedWords.curvatureOperators, 'BANANA' as string)).toBeUndefined();
});
