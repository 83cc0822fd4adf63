import { describe, expect, it } from 'vitest';
import { trainingPhases, type MeasuredTraining } from './phases.ts';

const step = [0, 1, 3, 10, 30, 100, 300, 600, 1000];
const falling: MeasuredTraining = {
  step,
  negativeMass: [0.5, 0.48, 0.4, 0.2, 0.06, 0.05, 0.055, 0.05, 0.052],
  drops: [],
  lastStep: 1000,
};

describe('phases of a training', () => {
  it('are the loss of negative curvature up to nine tenths of its fall, and the plateau', () => {
    // The fall is 0.45, so that the first phase ends where the mass stays below 0.095: at step 30.
    expect(trainingPhases(falling)).toEqual([
      { kind: 'fast loss of negative curvature', from: 0, to: 30 },
      { kind: 'plateau', from: 30, to: 1000 },
    ]);
  });

  it('end at the first rate drop, and each drop begins another', () => {
    expect(trainingPhases({ ...falling, drops: [200, 700, 5000] })).toEqual([
      { kind: 'fast loss of negative curvature', from: 0, to: 30 },
      { kind: 'plateau', from: 30, to: 200 },
      { kind: 'after a rate drop', from: 200, to: 700 },
      { kind: 'after a rate drop', from: 700, to: 1000 },
    ]);
  });

  it('are not named where no later spectrum shows that the mass stays low', () => {
    expect(trainingPhases({ ...falling, drops: [30] })).toEqual([{ kind: 'after a rate drop', from: 30, to: 1000 }]);
    const last = { ...falling, negativeMass: [0.5, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4, 0.3, 0.05] };
    expect(trainingPhases(last)).toEqual([]);
    const rising = { ...falling, negativeMass: [0.5, 0.3, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5] };
    expect(trainingPhases(rising)).toEqual([]);
  });

  it('are not seen in a fall that is small, or within the error of the probes', () => {
    const small = falling.negativeMass.map((mass) => (mass ?? 0) * 0.04);
    expect(trainingPhases({ ...falling, negativeMass: small })).toEqual([]);
    expect(trainingPhases({ ...falling, standardError: step.map(() => 0.12) })).toEqual([]);
    expect(trainingPhases({ ...falling, standardError: step.map(() => 0.08) })).toHaveLength(2);
  });

  it('pass over steps without a value, and refuse columns of another length', () => {
    const negativeMass = falling.negativeMass.map((mass, index) => (index === 4 ? null : mass));
    expect(trainingPhases({ ...falling, negativeMass })[0]?.to).toBe(100);
    expect(trainingPhases({ ...falling, step: [], negativeMass: [] })).toEqual([]);
    expect(() => trainingPhases({ ...falling, negativeMass: [0.5] })).toThrow(
      'negativeMass: expected 9 values, one for each step, got 1.',
    );
  });
});
