import { describe, expect, it } from 'vitest';
import { describeTime, timeLeft } from './timeLeft.ts';

describe('the time that a run will still take', () => {
  const marks = [
    { at: 1000, step: 0 },
    { at: 11_000, step: 100 },
  ];

  it('goes on with the pace so far', () => {
    expect(timeLeft(marks, 400, 11_000)).toBe(30_000);
    expect(timeLeft(marks, 400, 21_000)).toBe(20_000);
    expect(timeLeft(marks, 400, 99_000)).toBe(0);
  });

  it.each([
    ['without a plan', marks, null],
    ['at its end', marks, 100],
    ['before it was seen', [], 100],
    ['where it was seen once', marks.slice(1), 400],
    ['where no step was taken', [marks[0], { at: 60_000, step: 0 }], 400],
    ['where it was seen for too short a time', [marks[0], { at: 2000, step: 5 }], 400],
  ] as const)('is not known %s', (_where, seen, planned) => {
    expect(
      timeLeft(
        seen.flatMap((mark) => mark ?? []),
        planned,
        11_000,
      ),
    ).toBeNull();
  });

  it.each([
    [0, '0 s'],
    [40_400, '40 s'],
    [59_700, '1 min'],
    [200_000, '3 min'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [5 * 86_400_000, '5 days'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(describeTime(milliseconds)).toBe(words);
  });
});
