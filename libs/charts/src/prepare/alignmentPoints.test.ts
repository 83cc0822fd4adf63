import { describe, expect, it } from 'vitest';
import { describePoint, alignmentPointAt, alignmentPointsOf, spectraAt, trackOf } from './alignmentPoints.ts';

const run = {
  schedule: { kind: 'CONSTANT' },
  plannedSteps: 100,
  history: { number: [0, 50, 100], epoch: [0, 1, 2], trainLoss: [4, 2, 1] },
} as const;
const short = trackOf(
  run,
  [0, 50].map((step) => ({ id: `a${String(step)}`, step })),
  'STEP',
);
const whole = trackOf(
  run,
  [0, 60, 100].map((step) => ({ id: `b${String(step)}`, step })),
  'STEP',
);

describe('alignment points', () => {
  it('are all positions in the order of training', () => {
    expect(alignmentPointsOf([short, whole], 'STEP')).toEqual([0, 50, 60, 100]);
    const losses = trackOf(
      run,
      [
        { id: 'a', step: 0 },
        { id: 'b', step: 100 },
        { id: 'c', step: 999 },
      ],
      'LOSS',
    );
    expect(alignmentPointsOf([losses], 'LOSS')).toEqual([4, 1]);
  });

  it('begin at the last that all have reached, and are always measured ones', () => {
    expect(alignmentPointAt([short, whole], 'STEP', null)).toBe(50);
    expect(alignmentPointAt([short, whole], 'STEP', 97)).toBe(100);
    expect(alignmentPointAt([[], []], 'STEP', null)).toBeNull();
    expect(alignmentPointAt([[], []], 'STEP', 3)).toBeNull();
  });

  it('have the nearest spectrum of each run, or only those right there', () => {
    expect(spectraAt([short, whole], 60, false).map((one) => one?.id)).toEqual(['a50', 'b60']);
    expect(spectraAt([short, whole], 60, true).map((one) => one?.id)).toEqual([undefined, 'b60']);
  });

  it('are described in the unit of the alignment', () => {
    expect(describePoint('PROGRESS', 0.25)).toBe('25.0 % of training');
    expect(describePoint('LR_PHASE', 1.5)).toBe('phase 1.5 of the schedule');
  });
});
