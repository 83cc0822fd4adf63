import { claims } from '@ritz/spectra';
import { describe, expect, it } from 'vitest';
import { planRuns } from './plan.ts';

describe('the plan', () => {
  it.each(['smoke', 'cpu', 'paper'] as const)('of %s scale serves every claim with pairs', (scale) => {
    const all = planRuns(
      scale,
      claims.map(({ id }) => id),
    );
    for (const { id } of claims) {
      const runs = all.filter((run) => run.claims.includes(id));
      expect(runs.length).toBeGreaterThanOrEqual(4);
      expect(planRuns(scale, [id]).map(({ config }) => config.name)).toEqual(runs.map(({ config }) => config.name));
    }
    expect(new Set(all.map(({ config }) => config.name)).size).toBe(all.length);
  });

  it('has only runs that a claim needs', () => {
    const norms = planRuns('smoke', ['F6']).map(({ config: { architecture } }) =>
      architecture.kind === 'resnet' ? architecture.batchNorm : 'other',
    );
    expect(new Set(norms)).toEqual(new Set(['minibatch', 'population']));
  });
});
