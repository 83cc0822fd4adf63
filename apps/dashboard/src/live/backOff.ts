/** Delay before the next reconnection attempt. */

const first = 500;
const longest = 15_000;

/**
 * In milliseconds: doubling from half a second to 15 s, each spread over ±25 % so that many pages do not return at once.
 * @param attempts attempts that failed in a row, counted from 0
 * @param random uniform on [0, 1)
 */
export function backOff(attempts: number, random = Math.random()): number {
  return Math.round(Math.min(longest, first * 2 ** Math.min(attempts, 20)) * (0.75 + 0.5 * random));
}
