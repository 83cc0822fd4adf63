import { describe, expect, it } from 'vitest';
import { newsOf, type HomeRun } from './news.ts';

const calm: HomeRun = {
  id: 'a',
  name: 'a',
  status: 'FINISHED',
  updatedAt: '2026-01-01T00:00:00.000Z',
  spectrumCount: 2,
  history: { step: [0, 10, 20], trainLoss: [2, 1, 0.5] },
  trajectory: { step: [0, 10], lambdaMax: [5, 6] },
  stability: { step: [0, 10], lambda1: [5, 6], limit: [20, 20], formula: '2/η', lastRatio: 0.3 },
  latestSpectrum: {
    id: 's',
    createdAt: '2026-01-01T00:00:00.000Z',
    step: { number: 10 },
    density: { lambda: [0, 1], density: [1, 1] },
  },
};
const withLambda1 = (before: number, last: number): HomeRun => ({
  ...calm,
  trajectory: { step: [0, 10], lambdaMax: [before, last] },
});

describe('what is worth a look in a run', () => {
  it('is nothing while the loss falls, λ₁ is far from its limit and changes slowly', () => {
    expect(newsOf(calm)).toBeNull();
  });

  it('is a loss above the first one, before everything else', () => {
    const run = { ...withLambda1(5, 20), history: { step: [0, 10, 20], trainLoss: [2, 1, 400] } };
    expect(newsOf(run)).toEqual({ kind: 'diverged', step: 20, first: 2, loss: 400 });
    expect(newsOf({ ...calm, status: 'FAILED' })).toEqual({ kind: 'failed', step: 20 });
  });

  it('is λ₁ near the limit of its optimiser, where there is one', () => {
    const stability = { ...calm.stability, lambda1: [5, 19], lastRatio: 0.95 };
    const edge = { kind: 'edge', step: 10, lambda1: 19, limit: 20, formula: '2/η', share: 0.95 };
    expect(newsOf({ ...calm, stability })).toEqual(edge);
    expect(newsOf({ ...calm, stability: { ...stability, lastRatio: 2 } })).toBeNull();
    const none = { ...stability, limit: [null, null], formula: null, lastRatio: null };
    expect(newsOf({ ...calm, stability: none })).toBeNull();
  });

  it('is a jump of λ₁ from one spectrum to the next, up or down', () => {
    const [from, to] = [
      { step: 0, value: 4 },
      { step: 10, value: 8 },
    ];
    expect(newsOf(withLambda1(4, 8))).toEqual({ kind: 'jump', from, to });
    expect(newsOf(withLambda1(8, 4))).toMatchObject({ kind: 'jump', from: { value: 8 }, to: { value: 4 } });
  });
});
