import { describe, expect, it } from 'vitest';
import { lastCommonPosition, nearestPosition, positionOf, type AlignedRun } from './alignment.ts';

type Schedule = AlignedRun['schedule'];

const none = [null, null, null, null];
const history: AlignedRun['history'] = {
  number: [0, 100, 200, 400],
  epoch: [0, null, 2, 4],
  trainLoss: [2, 1, null, 0.25],
};

function run(schedule: Partial<Schedule>, plannedSteps: number | null = 400): AlignedRun {
  const whole: Schedule = { kind: 'CONSTANT', ...schedule };
  return { schedule: whole, plannedSteps, history };
}

describe('the position of a step', () => {
  it('by STEP is its number', () => {
    expect(positionOf(run({}), 'STEP')(150)).toBe(150);
  });

  it('by PROGRESS is the share of the plan, or of what was logged, that is over', () => {
    expect([0, 100, 400, 500].map(positionOf(run({}), 'PROGRESS'))).toEqual([0, 0.25, 1, 1]);
    expect(positionOf(run({}, 800), 'PROGRESS')(400)).toBe(0.5);
    expect(positionOf(run({}, null), 'PROGRESS')(100)).toBe(0.25);
    expect(positionOf({ ...run({}, null), history: { number: [], epoch: [], trainLoss: [] } }, 'PROGRESS')(0)).toBe(0);
  });

  it('by EPOCH and by LOSS is what was logged, linear in between, unknown outside', () => {
    const epoch = positionOf(run({}), 'EPOCH');
    expect([0, 100, 150, 200, 300, 400, 401].map(epoch)).toEqual([0, 1, 1.5, 2, 3, 4, null]);
    const loss = positionOf(run({}), 'LOSS');
    expect([0, 50, 100, 250, 400].map(loss)).toEqual([2, 1.5, 1, 0.625, 0.25]);
  });

  it('is unknown where nothing was logged', () => {
    const empty = { ...run({}), history: { ...history, trainLoss: none } };
    expect(positionOf(empty, 'LOSS')(100)).toBeNull();
  });

  it.each<[string, AlignedRun, [number, number][]]>([
    [
      'CONSTANT',
      run({}),
      [
        [0, 0],
        [200, 0.5],
        [400, 1],
        [500, 1],
      ],
    ],
    [
      'COSINE',
      run({ kind: 'COSINE', totalSteps: 800 }),
      [
        [0, 0],
        [400, 0.5],
        [800, 1],
      ],
    ],
    [
      'PIECEWISE',
      run({ kind: 'PIECEWISE', steps: [0, 100, 400] }),
      [
        [0, 0],
        [50, 0.5],
        [100, 1],
        [250, 1.5],
      ],
    ],
    [
      'WARMUP_COSINE',
      run({ kind: 'WARMUP_COSINE', warmupSteps: 100, totalSteps: 500 }),
      [
        [50, 0.5],
        [100, 1],
        [300, 1.5],
        [500, 2],
      ],
    ],
    [
      'STEP',
      run({ kind: 'STEP', steps: [200, 100] }),
      [
        [0, 0],
        [50, 0.5],
        [100, 1],
        [150, 1.5],
        [300, 2.5],
        [400, 3],
      ],
    ],
    [
      'STEP with drops that never came',
      run({ kind: 'STEP', steps: [100, 9000] }),
      [
        [100, 1],
        [250, 1.5],
        [400, 2],
      ],
    ],
    [
      'STEP without a plan',
      run({ kind: 'STEP', steps: [200] }, null),
      [
        [100, 0.5],
        [300, 1.5],
        [400, 2],
      ],
    ],
  ])('by LR_PHASE of %s counts phases and the share of each', (_name, aligned, expected) => {
    const phase = positionOf(aligned, 'LR_PHASE');
    for (const [step, position] of expected) expect([step, phase(step)]).toEqual([step, position]);
  });

  it('by LR_PHASE never falls as the steps rise', () => {
    const phase = positionOf(run({ kind: 'STEP', steps: [7, 7, 0, 399] }), 'LR_PHASE');
    const positions = Array.from({ length: 500 }, (_, step) => phase(step));
    expect(positions).toEqual([...positions].map(Number).sort((a, b) => a - b));
  });
});

describe('nearestPosition', () => {
  const items = [0, 10, 20].map((position) => ({ position }));

  it('is the nearest, the earlier of two, and none beyond the tolerance', () => {
    expect(nearestPosition(items, 12)).toBe(items[1]);
    expect(nearestPosition(items, 15)).toBe(items[1]);
    expect(nearestPosition(items, 12, 1)).toBeNull();
    expect(nearestPosition(items, 10, 0)).toBe(items[1]);
    expect(nearestPosition([], 10)).toBeNull();
  });
});

describe('lastCommonPosition', () => {
  const tracks = [[1, 5], [2, 3], []].map((positions) => positions.map((position) => ({ position })));

  it('is the farthest that every run with spectra has reached, for the loss the lowest', () => {
    expect(lastCommonPosition(tracks, 'STEP')).toBe(3);
    expect(lastCommonPosition(tracks, 'LOSS')).toBe(2);
    expect(lastCommonPosition([[]], 'STEP')).toBeNull();
  });
});
