import { describe, expect, it } from 'vitest';
import type { RunsQuery } from '@ritz/client';
import { replaceRuns } from './replaceRuns.ts';
import type { ListedRun } from './useRuns.ts';

const run = (id: string, status: ListedRun['status']): ListedRun => ({
  id,
  name: `run ${id}`,
  status,
  architecture: 'mlp',
  dataset: 'mnist',
  optimiser: 'sgd',
  schedule: {
    kind: 'CONSTANT',
    initial: 0.1,
    factor: null,
    steps: null,
    rates: null,
    warmupSteps: null,
    totalSteps: null,
  },
  parameterCount: null,
  classes: null,
  plannedSteps: null,
  seed: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  tags: [],
  notes: null,
  archived: false,
  spectrumCount: 0,
  statistics: [],
  measures: [],
  history: { step: [], trainLoss: [], testLoss: [], trainAccuracy: [], testAccuracy: [], totalSteps: 0 },
});

const page: RunsQuery = {
  runs: {
    totalCount: 2,
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: [run('a', 'RUNNING'), run('b', 'RUNNING')],
  },
};

describe('a page whose runs were written to', () => {
  it('shows them as they are now, and the others untouched', () => {
    const listed = new Set<string>();
    const now = { ...run('b', 'RUNNING'), tags: ['new'] };
    const { runs } = replaceRuns(page, new Map([['b', now]]), listed);
    expect(runs.nodes[1]).toBe(now);
    expect(runs.nodes[0]).toBe(page.runs.nodes[0]);
    expect(listed).toEqual(new Set(['b']));
  });

  it('does not know where a run of another status belongs', () => {
    const listed = new Set<string>();
    const { runs } = replaceRuns(page, new Map([['a', run('a', 'FINISHED')]]), listed);
    expect(runs.nodes[0]?.status).toBe('FINISHED');
    expect(listed.size).toBe(0);
  });

  it('is the same page when none of its runs was', () => {
    expect(replaceRuns(page, new Map([['c', run('c', 'RUNNING')]]), new Set())).toBe(page);
  });
});
