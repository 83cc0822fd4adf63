import { describe, expect, it } from 'vitest';
import { parseCount } from './count.ts';

describe('parseCount', () => {
  const option = { flag: '--probes', meaning: 'k, random start vectors', most: 100 };
  it.each(['1', '90', '100', ' 7 '])('reads "%s"', (text) => expect(parseCount(text, option)).toBe(Number(text)));
  it.each(['0', '101', '-3', '2.5', 'ten', '', '1e1', '99999999999999999999'])('refuses "%s"', (text) => {
    expect(() => parseCount(text, option)).toThrow(
      `--probes (k, random start vectors): expected an integer from 1 to 100, got "${text}".`,
    );
  });
});
