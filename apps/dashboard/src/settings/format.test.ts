import { describe, expect, it } from 'vitest';
import { formatBytes, formatTime } from './format.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [14_312, '14.3 kB'],
    [2_500_000_000, '2.5 GB'],
    [7e15, '7,000 TB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe('times', () => {
  it('are told in UTC, and never is a dash', () => {
    expect(formatTime('2026-11-25T22:40:00.000Z')).toBe('25 Nov 2026, 22:40');
    expect(formatTime(null)).toBe('–');
  });
});
