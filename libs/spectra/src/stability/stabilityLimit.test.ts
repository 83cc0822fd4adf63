import { describe, expect, it } from 'vitest';
import { stabilityLimit, type StabilityLimit } from './stabilityLimit.ts';
import type { UpdateRule } from './UpdateRule.ts';

const rate = 0.03;

/** |w| after many updates of ½ a w², the diagonal P of adaptive rules held at 1. */
function run(rule: UpdateRule, a: number, updates = 4000): number {
  let [w, v] = [1e-3, 0];
  for (let t = 1; t <= updates && Math.abs(w) < 1e6; t++) {
    const decayed = a * w + ('decoupled' in rule && rule.decoupled ? 0 : rule.weightDecay * w);
    switch (rule.kind) {
      case 'sgd': {
        const { momentum, nesterov } = rule;
        const dampening = momentum > 0 ? rule.dampening : 0;
        v = momentum * v + (1 - dampening) * decayed;
        w -= rate * (nesterov ? decayed + momentum * v : v);
        break;
      }
      case 'adam':
        v = rule.beta1 * v + (1 - rule.beta1) * decayed;
        w = (rule.decoupled ? 1 - rate * rule.weightDecay : 1) * w - rate * v;
        break;
      case 'rmsprop':
        v = rule.momentum * v + decayed;
        w -= rate * v;
        break;
      case 'adagrad':
        w -= rate * decayed;
        break;
      case 'sam':
        throw new Error('SAM is not linear.');
    }
  }
  return Math.abs(w);
}

function limitOf(rule: UpdateRule): StabilityLimit {
  const found = stabilityLimit(rule);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** Far from the start, where bias corrections are 1. */
const late = { rate, step: 1_000_000, gradientNorm: null };
const sgd = { kind: 'sgd', momentum: 0, nesterov: false, dampening: 0, weightDecay: 0 } as const;

describe('the stability limit', () => {
  it.each<[UpdateRule, number]>([
    [sgd, 2 / rate],
    [{ ...sgd, momentum: 0.9 }, 3.8 / rate],
    [{ ...sgd, momentum: 0.9, nesterov: true }, 3.8 / (2.8 * rate)],
    [{ ...sgd, momentum: 0.5, dampening: 0.5 }, 3 / (0.5 * rate)],
    [{ ...sgd, momentum: 0.9, weightDecay: 2 }, 3.8 / rate - 2],
    [{ ...sgd, momentum: 0.9, nesterov: true, weightDecay: 2 }, 3.8 / (2.8 * rate) - 2],
    [{ kind: 'adam', beta1: 0.9, decoupled: false, weightDecay: 0 }, 38 / rate],
    [{ kind: 'adam', beta1: 0.9, decoupled: true, weightDecay: 3 }, 38 / rate - 57],
    [{ kind: 'adam', beta1: 0, decoupled: true, weightDecay: 0 }, 2 / rate],
    [{ kind: 'rmsprop', momentum: 0.9, weightDecay: 0 }, 3.8 / rate],
    [{ kind: 'adagrad', weightDecay: 0 }, 2 / rate],
  ])('of %j is where its updates begin to diverge', (rule, expected) => {
    const limit = limitOf(rule).at(late) ?? Number.NaN;
    expect(limit).toBeCloseTo(expected, 9);
    expect(run(rule, limit * 0.995)).toBeLessThan(1e-3);
    expect(run(rule, limit * 1.005)).toBeGreaterThan(1);
  });

  it('of Adam is smaller at the first updates, which the bias correction makes longer', () => {
    const limit = limitOf({ kind: 'adam', beta1: 0.9, decoupled: false, weightDecay: 0 });
    expect(limit.at({ rate, step: 0, gradientNorm: null })).toBeCloseTo(3.8 / rate, 9);
    expect(limit.matrix).toBe('adam');
  });

  it('of SAM is where the perturbed gradient reaches the limit of descent', () => {
    const limit = limitOf({ kind: 'sam', rho: 0.05, momentum: 0, weightDecay: 0 });
    const a = limit.at({ ...late, gradientNorm: 0.7 }) ?? Number.NaN;
    expect(a + (0.05 * a * a) / 0.7).toBeCloseTo(2 / rate, 9);
    // Long and Bartlett, equation of the SAM edge.
    expect(a).toBeCloseTo((0.7 / 0.1) * (Math.sqrt(1 + (8 * 0.05) / (rate * 0.7)) - 1), 9);
    expect(limit.at(late)).toBeNull();
  });

  it('is none at a rate of 0, and where weight decay alone is beyond it', () => {
    expect(limitOf(sgd).at({ ...late, rate: 0 })).toBeNull();
    expect(limitOf({ ...sgd, weightDecay: 100 }).at(late)).toBeNull();
  });

  it('is refused where it is one of another matrix', () => {
    for (const rule of [
      { kind: 'adam', beta1: 0.9, decoupled: false, weightDecay: 0.1 },
      { kind: 'rmsprop', momentum: 0, weightDecay: 0.1 },
      { kind: 'adagrad', weightDecay: 0.1 },
    ] as const) {
      expect(stabilityLimit(rule)).toMatchObject({ reason: expect.stringContaining('(H + λ I)') as string });
    }
  });

  it('says its formula', () => {
    const formulas = [
      { ...sgd, momentum: 0.9, weightDecay: 0.1 },
      { ...sgd, momentum: 0.9, nesterov: true },
      { kind: 'adam', beta1: 0.9, decoupled: true, weightDecay: 0.1 } as const,
    ].map((rule) => limitOf(rule).formula);
    expect(formulas).toEqual([
      '(2 + 2·0.9)/η − 0.1',
      '(2 + 2·0.9)/((1 + 2·0.9) η)',
      '(2/η − 0.1) (1 + 0.9)/(1 − 0.9) (1 − 0.9^t)',
    ]);
  });
});
