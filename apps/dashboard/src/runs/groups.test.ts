import { describe, expect, it } from 'vitest';
import { groupFilter, groupId, groupLabel, type RunGroup } from './groups.ts';

const nothing: RunGroup = {
  architecture: null,
  batchNorm: null,
  residual: null,
  schedule: null,
  dataset: null,
  optimiser: null,
  project: null,
  experiment: null,
  status: null,
  tag: null,
  count: 3,
  trainLoss: { value: 0.5, runs: 3 },
  testAccuracy: { value: null, runs: 0 },
};
const schedule = {
  kind: 'STEP',
  initial: 0.1,
  factor: 0.1,
  steps: [5],
  rates: null,
  totalSteps: null,
  warmupSteps: null,
} as const;

describe('a group of runs', () => {
  it.each([
    [{ architecture: 'resnet-32' }, 'resnet-32'],
    [{ architecture: 'vgg-11', batchNorm: 'NONE' as const }, 'vgg-11 · no batch norm'],
    [{ residual: false }, 'without residual connections'],
    [{ residual: true, schedule }, 'with residual connections · learning rate 0.1, × 0.1 at 5'],
  ])('is called by what its runs share: %o', (shared, label) => {
    expect(groupLabel({ ...nothing, ...shared })).toBe(label);
  });

  it('holds the runs that share it, within the filter', () => {
    const filter = { archived: false, search: 'x' };
    expect(groupFilter({ ...nothing, residual: false }, filter)).toEqual({ ...filter, residual: false });
    const all = { ...nothing, architecture: 'a', batchNorm: 'RUNNING' as const, residual: true, schedule };
    expect(groupFilter(all, filter)).toEqual({
      ...filter,
      architecture: ['a'],
      batchNorm: ['RUNNING'],
      residual: true,
      schedule,
    });
  });

  it('is the same group when its numbers change, and another when a setting does', () => {
    const group = { ...nothing, architecture: 'a' };
    const grown: RunGroup = { ...group, count: 9 };
    expect(groupId(grown)).toBe(groupId(group));
    expect(groupId({ ...group, residual: true })).not.toBe(groupId(group));
  });
});
