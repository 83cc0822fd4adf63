import { describe, expect, it } from 'vitest';
import { describeDrop, jumpAt, rateDrops } from './rateDrops.ts';

describe('drops of the learning rate', () => {
  const schedule = { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [600, 200] } as const;

  it('are in the order of the training, each from what to what', () => {
    const drops = rateDrops(schedule, 1000);
    expect(drops.map(({ step }) => step)).toEqual([200, 600]);
    expect(drops.map(describeDrop)).toEqual(['η 0.1 → 0.01', 'η 0.01 → 0.001']);
  });

  it('are those that the training has reached, and none of another schedule', () => {
    expect(rateDrops(schedule, 599).map(({ step }) => step)).toEqual([200]);
    expect(rateDrops({ kind: 'COSINE', initial: 0.1, totalSteps: 10 }, 1000)).toEqual([]);
  });
});

describe('the change of a curve at a drop', () => {
  const series = { id: 'a', label: 'a', style: 0, x: [0, 100, 200, 300], y: [1, 8, null, 12.5] };

  it('is between the measured steps around it, with both bounds', () => {
    const lower = [1, 7.75, null, 12.25];
    const upper = [1, 8.25, null, 12.75];
    expect(jumpAt({ ...series, lower, upper }, 200)).toEqual({
      before: { step: 100, value: 8 },
      after: { step: 300, value: 12.5 },
      difference: 4.5,
      error: 0.5,
    });
    expect(jumpAt(series, 200)?.error).toBeNull();
  });

  it('is unknown unless both sides were measured', () => {
    expect(jumpAt(series, 300)).toBeNull();
    expect(jumpAt(series, -1)).toBeNull();
  });
});
