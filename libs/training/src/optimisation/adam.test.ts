import { describe, expect, it } from 'vitest';
import { adam } from './adam.ts';

describe('adam', () => {
  it('moves by the learning rate at the first update, whatever the size of the gradient', () => {
    const parameters = Float64Array.from([1, 1, 1]);
    adam.create({}, 3).update(parameters, Float64Array.from([1e-3, -5, 1e4]), 0.1);
    [0.9, 1.1, 0.9].forEach((value, i) => expect(parameters[i]).toBeCloseTo(value, 5));
  });

  it('follows the recurrences of the paper', () => {
    const [beta1, beta2, epsilon, rate, weightDecay] = [0.8, 0.9, 1e-3, 0.05, 0.1];
    const parameters = Float64Array.from([0.7]);
    const optimiser = adam.create({ beta1, beta2, epsilon, weightDecay }, 1);
    let [w, m, v] = [0.7, 0, 0];
    for (let t = 1; t <= 20; t++) {
      const gradient = Math.sin(t);
      optimiser.update(parameters, Float64Array.from([gradient]), rate);
      const g = gradient + weightDecay * w;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      w -= (rate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
      expect(parameters[0]).toBeCloseTo(w, 14);
    }
  });

  it.each([
    [{ beta1: 1 }, 'beta1: expected a number from 0 to below 1, got 1.'],
    [{ beta2: -0.5 }, 'beta2: expected a number from 0 to below 1, got -0.5.'],
    [{ epsilon: 0 }, 'epsilon: expected a number greater than 0, got 0.'],
    [{ weightDecay: Number.NaN }, 'weightDecay: expected a number of at least 0, got NaN.'],
  ])('refuses %o', (options, message) => {
    expect(() => adam.create(options, 1)).toThrow(message);
  });
});
