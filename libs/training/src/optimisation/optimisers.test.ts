import { readFileSync } from 'node:fs';
import { optimiserKinds } from '@ritz/records';
import { describe, expect, it } from 'vitest';
import { createOptimiser, describeOptimiser, optimiserConfig, type OptimiserOptions } from './optimisers.ts';

const kinds: OptimiserOptions[] = [
  { kind: 'sgd', momentum: 0.9, weightDecay: 1e-2 },
  { kind: 'adam', beta1: 0.8, weightDecay: 1e-2 },
  { kind: 'adamw', beta1: 0.8 },
  { kind: 'rmsprop', momentum: 0.5 },
  { kind: 'adagrad', weightDecay: 1e-2 },
  { kind: 'sam', rho: 0.1, momentum: 0.9 },
];

interface Known {
  readonly start: readonly number[];
  readonly curvature: readonly number[];
  readonly rates: readonly [first: number, later: number];
  readonly cases: readonly { readonly options: OptimiserOptions; readonly path: readonly (readonly number[])[] }[];
}

const file = new URL('../../../../tools/fixtures/optimisers/optimisers.json', import.meta.url);
const { start, curvature, rates, cases } = JSON.parse(readFileSync(file, 'utf8')) as Known;

it.each(cases.map(({ options, path }) => [JSON.stringify(options), options, path] as const))(
  'steps as PyTorch does in float64: %s',
  (_, options, path) => {
    const parameters = Float64Array.from(start);
    const optimiser = createOptimiser(options, parameters.length);
    path.forEach((expected, at) => {
      const gradientOf = (w: Float64Array) => w.map((value, i) => (curvature[i] ?? NaN) * value + Math.sin(at + 1 + i));
      const gradient = gradientOf(parameters);
      const point = optimiser.gradientPoint?.(parameters, gradient);
      optimiser.update(parameters, point ? gradientOf(point) : gradient, at + 1 < 10 ? rates[0] : rates[1]);
      expected.forEach((value, i) => expect(parameters[i]).toBeCloseTo(value, 12));
    });
  },
);

it('a config names its optimiser with the settings that decide its steps', () => {
  const described = optimiserKinds.map((kind) => describeOptimiser(optimiserConfig.parse({ kind })));
  expect(described).toEqual([
    'SGD, momentum 0.9, weight decay 0',
    'Adam, weight decay 0',
    'AdamW, weight decay 0.01',
    'RMSprop, alpha 0.99, momentum 0, weight decay 0',
    'Adagrad, weight decay 0',
    'SAM, rho 0.05, momentum 0.9, weight decay 0',
  ]);
  expect(describeOptimiser(optimiserConfig.parse({ kind: 'sgd', nesterov: true }))).toContain('Nesterov momentum 0.9');
});

function gradientAt(update: number): Float64Array {
  return Float64Array.from({ length: 3 }, (_, i) => Math.sin(7 * update + i));
}

it('refuses a kind that is not known, naming those that are', () => {
  const lion = { kind: 'lion', momentum: 0.9 } as unknown as OptimiserOptions;
  expect(() => createOptimiser(lion, 3)).toThrow(
    'optimiser.kind: expected sgd, adam, adamw, rmsprop, adagrad or sam, got "lion".',
  );
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
    const state = { ...createOptimiser(options, 3).state(), other: new Float64Array(3) };
    expect(() => optimiser.restore(state)).toThrow('does not fit: expected the arrays');
  });
});
