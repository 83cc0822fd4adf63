import { describe, expect, it } from 'vitest';
import { sgd } from './sgd.ts';

describe('sgd', () => {
  it('without momentum goes along the negative gradient', () => {
    const parameters = Float64Array.from([1, -2]);
    const optimiser = sgd.create({ momentum: 0 }, 2);
    optimiser.update(parameters, Float64Array.from([4, 8]), 0.25);
    optimiser.update(parameters, Float64Array.from([1, 0]), 0.5);
    expect([...parameters]).toEqual([-0.5, -4]);
  });

  it('with momentum follows v ← μ v + g, w ← w − η v', () => {
    const parameters = Float64Array.from([0]);
    const optimiser = sgd.create({ momentum: 0.5 }, 1);
    const gradient = Float64Array.from([1]);
    const path = [1, 2, 3].map(() => {
      optimiser.update(parameters, gradient, 1);
      return parameters[0];
    });
    // Velocities 1, 1.5, 1.75.
    expect(path).toEqual([-1, -2.5, -4.25]);
  });

  it('on a quadratic ½ λ w² multiplies w as the recurrence says', () => {
    const [rate, momentum, lambda] = [0.1, 0.9, 3];
    const parameters = Float64Array.from([1]);
    const optimiser = sgd.create({ momentum }, 1);
    let [before, now] = [1, 1];
    for (let i = 0; i < 50; i++) {
      optimiser.update(parameters, Float64Array.from([lambda * (parameters[0] ?? 0)]), rate);
      [before, now] = [now, now - rate * lambda * now + momentum * (now - before)];
      expect(parameters[0]).toBeCloseTo(now, 13);
    }
  });

  it('adds weight decay to the gradient: v ← μ v + g + λ w', () => {
    const parameters = Float64Array.from([2]);
    const optimiser = sgd.create({ momentum: 0.5, weightDecay: 0.25 }, 1);
    optimiser.update(parameters, Float64Array.from([1]), 1); // v = 1.5, w = 0.5
    optimiser.update(parameters, Float64Array.from([1]), 1); // v = 0.75 + 1.125
    expect(parameters[0]).toBe(0.5 - 1.875);
  });

  it('refuses a negative weight decay', () => {
    expect(() => sgd.create({ momentum: 0, weightDecay: -1 }, 1)).toThrow(
      'weightDecay: expected a number of at least 0, got -1.',
    );
  });

  it.each([-0.1, 1, Number.NaN])('refuses the momentum %d', (momentum) => {
    expect(() => sgd.create({ momentum }, 1)).toThrow(`got ${momentum}`);
  });
});
