import { describe, expect, it } from 'vitest';
import { apart } from './apart.ts';

const extent = { top: 0, bottom: 100 };
const placed = (ends: readonly number[]): number[] =>
  apart(
    ends.map((end) => ({ end })),
    extent,
    10,
  ).map(({ at }) => at);

describe('names beside the ends of curves', () => {
  it('stand at their ends where there is room', () => {
    expect(placed([80, 20, 50])).toEqual([20, 50, 80]);
  });

  it('are moved apart, and stay inside', () => {
    expect(placed([50, 51, 52])).toEqual([50, 60, 70]);
    expect(placed([98, 99, 100])).toEqual([75, 85, 95]);
    expect(placed([0, 0])).toEqual([5, 15]);
  });
});
