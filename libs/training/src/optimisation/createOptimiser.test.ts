import { describe, expect, it } from 'vitest';
import { createOptimiser, type OptimiserOptions } from './createOptimiser.ts';

const kinds: OptimiserOptions[] = [
  { kind: 'sgd', momentum: 0.9, weightDecay: 1e-2 },
  { kind: 'adam', beta1: 0.8, weightDecay: 1e-2 },
];

function gradientAt(update: number): Float64Array {
  return Float64Array.from({ length: 3 }, (_, i) => Math.sin(7 * update + i));
}

it('refuses a kind that is not known, naming those that are', () => {
  const lion = { kind: 'lion', momentum: 0.9 } as unknown as OptimiserOptions;
  expect(() => createOptimiser(lion, 3)).toThrow('optimiser.kind: expected sgd or adam, got "lion".');
});

describe.each(kinds)('$kind', (options) => {
  it('goes on from a saved state exactly as if it had not stopped', () => {
    const whole = Float64Array.from([1, 2, 3]);
    const uninterrupted = createOptimiser(options, 3);
    const before = createOptimiser(options, 3);
    const resumed = Float64Array.from(whole);
    for (let update = 0; update < 10; update++) uninterrupted.update(whole, gradientAt(update), 0.1);
    for (let update = 0; update < 4; update++) before.update(resumed, gradientAt(update), 0.1);
    const after = createOptimiser(options, 3);
    after.restore(before.state());
    before.update(Float64Array.from(resumed), gradientAt(99), 0.1); // the saved state is a copy
    for (let update = 4; update < 10; update++) after.update(resumed, gradientAt(update), 0.1);
    expect(resumed).toEqual(whole);
  });

  it('refuses the state of another model or another optimiser', () => {
    const optimiser = createOptimiser(options, 3);
    expect(() => optimiser.restore(createOptimiser(options, 4).state())).toThrow('4 numbers instead of 3');
    const other = kinds.find(({ kind }) => kind !== options.kind);
    if (!other) throw new Error('there are two kinds');
    expect(() => optimiser.restore(createOptimiser(other, 3).state())).toThrow('does not fit: expected the arrays');
  });
});
