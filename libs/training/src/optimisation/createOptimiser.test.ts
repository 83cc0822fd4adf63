import { expect, it } from 'vitest';
import { createOptimiser, type OptimiserOptions } from './createOptimiser.ts';

it('refuses a kind that it does not know', () => {
  const lion = { kind: 'lion', momentum: 0.9 } as unknown as OptimiserOptions;
  expect(() => createOptimiser(lion, 3)).toThrow('optimiser.kind: expected sgd or adam, got lion.');
});
