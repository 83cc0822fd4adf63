import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { durationText, startProgress } from './progress.ts';

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

describe('progress that is not on a terminal', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the time left after two seconds, first as expected and then at the rate of the work', () => {
    const stream = new PassThrough() as PassThrough & NodeJS.WriteStream;
    const progress = startProgress('Hessian', 90, stream);
    progress.update(0, 'loss');
    vi.advanceTimersByTime(2_000);
    progress.update(0, 'check');
    progress.expect(2);
    vi.advanceTimersByTime(5_000);
    progress.update(0, 'step 0');
    vi.advanceTimersByTime(5_000);
    progress.update(1, 'step 1');
    expect(String(stream.read()).trim().split('\n')).toEqual([
      'Hessian 0% · estimating · check',
      'Hessian 0% · about 3 min 0 s left · step 0',
      'Hessian 1% · 7 min 25 s left · step 1',
    ]);
  });
});
