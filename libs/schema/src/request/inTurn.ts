/** Computations of many requests, one after the other, with room for all other work in between: no spectrum blocks the rest. */
import { setImmediate as otherWork } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/** What `compute` returns, once everything that was asked for earlier is done. */
export function inTurn<Result>(compute: () => Result): Promise<Result> {
  const mine = last.then(() => otherWork()).then(compute);
  last = mine.catch(() => undefined);
  return mine;
}
