import { describe, expect, it } from 'vitest';
import { catapults } from './catapults.ts';
import { edgeStatisticNames, estimateEdge, type EdgePoint } from './edge.ts';

const point = (step: number, lambda1: number, limit: number | null = 10): EdgePoint => ({ step, lambda1, limit });
/** Rises to the edge, passes it, comes back. */
const points = [point(0, 2), point(10, 9.2), point(20, 10.5), point(30, 13), point(40, 9.9, null), point(50, 8)];

describe('the statistics of the edge', () => {
  it('are of the steps that have a limit', () => {
    const all = Object.fromEntries(edgeStatisticNames.map((name) => [name, estimateEdge(name, points)]));
    expect(all).toEqual({ lastRatio: 0.8, largestRatio: 1.3, shareOnEdge: 2 / 5, shareBeyond: 1 / 5, onset: 10 });
    expect(estimateEdge('onset', points, 0.05)).toBe(20);
  });

  it('are null without a limit, and the onset where the edge is not reached', () => {
    for (const name of edgeStatisticNames) expect(estimateEdge(name, [point(0, 5, null)])).toBeNull();
    expect(estimateEdge('onset', [point(0, 5), point(1, 6)])).toBeNull();
    expect(estimateEdge('shareOnEdge', [point(0, 5)])).toBe(0);
  });
});

describe('catapults', () => {
  const losses = [2, 1.5, 1, 3, 6, 2, 0.9, 0.8].map((loss, at) => ({ step: 10 * at, loss }));

  it('are rises that come back at a smaller λ1', () => {
    const along = [point(0, 8), point(20, 12), point(40, 14), point(70, 6)];
    expect(catapults(losses, along, 0.1)).toEqual([
      { start: 20, peak: 40, end: 60, lossRatio: 6, lambda1Before: 14, lambda1After: 6 },
    ]);
  });

  it('are none below the limit, where λ1 stays, where the loss does not come back, and for small rises', () => {
    expect(catapults(losses, [point(0, 3), point(20, 5), point(70, 2)], 0.1)).toEqual([]);
    expect(catapults(losses, [point(0, 8), point(20, 12), point(70, 12)], 0.1)).toEqual([]);
    expect(catapults(losses.slice(0, 6), [point(0, 8), point(20, 12), point(70, 6)], 0.1)).toEqual([]);
    const small = losses.map(({ step, loss }) => ({ step, loss: loss > 2 ? 1.05 : loss }));
    expect(catapults(small.slice(2, 5), [point(20, 12), point(70, 6)], 0.1)).toEqual([]);
  });
});
