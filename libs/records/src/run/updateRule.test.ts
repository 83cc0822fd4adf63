import { describe, expect, it } from 'vitest';
import { updateRuleOf } from './updateRule.ts';

const sgd = { kind: 'sgd', momentum: 0.9, nesterov: false, dampening: 0, weightDecay: 0 };

describe('the update rule of a run', () => {
  it.each<[string, object, readonly string[]]>([
    ['SGD, momentum 0.9, weight decay 0', sgd, []],
    ['sgd(momentum=0.9)', sgd, []],
    ['sgd(momentum=0.9, nesterov=True, weight_decay=5e-4)', { ...sgd, nesterov: true, weightDecay: 5e-4 }, []],
    ['SGD, Nesterov momentum 0.9', { ...sgd, nesterov: true }, []],
    ['SGD(lr=0.1, momentum=0.9, nesterov=False, dampening=0.1)', { ...sgd, dampening: 0.1 }, []],
    ['sgd', { ...sgd, momentum: 0 }, ['momentum 0']],
    ['gradient descent', { ...sgd, momentum: 0 }, []],
    ['Adam, weight decay 0', { kind: 'adam', beta1: 0.9, decoupled: false, weightDecay: 0 }, ['beta1 0.9']],
    [
      'AdamW(betas=(0.95, 0.999), weight_decay=0.1)',
      { kind: 'adam', beta1: 0.95, decoupled: true, weightDecay: 0.1 },
      [],
    ],
    ['adamw', { kind: 'adam', beta1: 0.9, decoupled: true, weightDecay: 0.01 }, ['beta1 0.9', 'weight decay 0.01']],
    ['rmsprop(momentum=0.5)', { kind: 'rmsprop', momentum: 0.5, weightDecay: 0 }, []],
    ['SAM, rho 0.1, momentum 0.9', { kind: 'sam', rho: 0.1, momentum: 0.9, weightDecay: 0 }, []],
  ])('is read from the words %s', (optimiser, rule, assumed) => {
    expect(updateRuleOf({ optimiser, config: {} })).toEqual({ rule, assumed });
  });

  it('is read from the settings of the config first', () => {
    const optimiser = { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 };
    expect(updateRuleOf({ optimiser: 'sgd', config: { optimiser } })).toEqual({
      rule: { kind: 'adam', beta1: 0.8, decoupled: false, weightDecay: 0 },
      assumed: [],
    });
  });

  it('is not guessed of an optimiser that is not known', () => {
    expect(updateRuleOf({ optimiser: 'lion(0.9)', config: {} })).toEqual({
      reason: 'The limit of the optimiser "lion" is not known.',
    });
  });
});
