import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttle } from './throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('throttled work', () => {
  it('is done soon when asked for once, and at most every so often when asked for all the time', () => {
    let done = 0;
    const { ask } = throttle(() => done++, 1000);
    ask();
    vi.advanceTimersByTime(1);
    expect(done).toBe(1);
    for (let time = 0; time < 3500; time += 50) {
      ask();
      vi.advanceTimersByTime(50);
    }
    expect(done).toBe(4);
  });

  it('is done once more after the last asking, and not after it was cancelled', () => {
    let done = 0;
    const { ask, cancel } = throttle(() => done++, 1000);
    ask();
    vi.advanceTimersByTime(1);
    ask();
    ask();
    vi.advanceTimersByTime(5000);
    expect(done).toBe(2);
    ask();
    cancel();
    vi.advanceTimersByTime(5000);
    expect(done).toBe(2);
  });
});
