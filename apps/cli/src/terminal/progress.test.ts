import { describe, expect, it } from 'vitest';
import { durationText } from './progress.ts';

describe('a duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [3599, '59 min 59 s'],
    [3600, '1 h 0 min'],
    [7190, '2 h 0 min'],
    [172_000, '47 h 47 min'],
    [172_800, '2 days 0 h'],
    [1e6, '11 days 14 h'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
