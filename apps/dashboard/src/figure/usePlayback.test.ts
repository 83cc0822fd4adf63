import { expect, it } from 'vitest';
import { playedSteps } from './usePlayback.ts';

it('plays the steps of a range, and all where the range holds no two', () => {
  const steps = [0, 10, 100, 1000];
  expect(playedSteps(steps, [5, 100])).toEqual([10, 100]);
  expect(playedSteps(steps, [20, 200])).toEqual(steps);
  expect(playedSteps(steps, null)).toEqual(steps);
});
