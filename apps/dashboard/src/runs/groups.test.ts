import { describe, expect, it } from 'vitest';
import { groupLabel, type SharedSettings } from './groups.ts';

const nothing: SharedSettings = {
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
    [{ architecture: 'resnet-32' }, ['ARCHITECTURE'], 'resnet-32'],
    [{ architecture: 'vgg-11', batchNorm: 'NONE' }, ['ARCHITECTURE', 'BATCH_NORM'], 'vgg-11 · no batch norm'],
    [{ residual: false }, ['RESIDUAL'], 'without residual connections'],
    [
      { residual: true, schedule },
      ['SCHEDULE', 'RESIDUAL'],
      'learning rate 0.1, × 0.1 at 5 · with residual connections',
    ],
    [{ tag: 'paper' }, ['TAG'], 'tag paper'],
    [{}, ['TAG'], 'no tag'],
  ] as const)('is called by what its runs share: %o', (shared, by, label) => {
    expect(groupLabel({ ...nothing, ...shared }, by)).toBe(label);
  });
});
