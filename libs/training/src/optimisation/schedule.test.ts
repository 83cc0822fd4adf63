import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSchedule, learningRate, type Schedule } from './schedule.ts';

describe('learningRate', () => {
  it('is the same throughout for a constant schedule', () => {
    expect([0, 1, 1e6].map((step) => learningRate({ kind: 'constant', rate: 0.3 }, step))).toEqual([0.3, 0.3, 0.3]);
  });

  it('drops at each of the steps, from the update after it on', () => {
    const schedule: Schedule = { kind: 'step', initial: 1, factor: 0.5, steps: [10, 20] };
    expect([0, 9, 10, 19, 20, 500].map((step) => learningRate(schedule, step))).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25]);
  });

  it('follows half a cosine from the initial rate down to 0 and stays there', () => {
    const schedule: Schedule = { kind: 'cosine', initial: 0.4, totalSteps: 100 };
    const rates = [0, 25, 50, 75, 100, 200].map((step) => learningRate(schedule, step));
    [0.4, 0.2 + 0.1 * Math.SQRT2, 0.2, 0.2 - 0.1 * Math.SQRT2, 0, 0].forEach((rate, i) =>
      expect(rates[i]).toBeCloseTo(rate, 14),
    );
  });

  it('warms up by equal increments, never updates at rate 0 before the end, and peaks at the initial rate', () => {
    const schedule: Schedule = { kind: 'warmup-cosine', initial: 1, warmupSteps: 4, totalSteps: 14 };
    const rates = Array.from({ length: 15 }, (_, step) => learningRate(schedule, step));
    expect(rates.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(rates[9]).toBeCloseTo(0.5, 14);
    expect(rates[14]).toBe(0);
    expect(Math.min(...rates.slice(0, 14))).toBeGreaterThan(0);
  });
});

describe('one cycle', () => {
  const file = new URL('../../../../tools/fixtures/optimisers/optimisers.json', import.meta.url);
  const { oneCycle } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly oneCycle: { readonly options: Schedule; readonly rates: readonly number[] };
  };

  it('has the rates of PyTorch, and the last of them ever after', () => {
    expect(oneCycle.rates).toHaveLength(21);
    oneCycle.rates.forEach((rate, step) => expect(learningRate(oneCycle.options, step)).toBeCloseTo(rate, 14));
    expect(learningRate(oneCycle.options, 1000)).toBeCloseTo(oneCycle.rates[20] ?? NaN, 14);
  });
});

it('a piecewise schedule is linear between its points, and stays at the last', () => {
  const schedule: Schedule = { kind: 'piecewise', steps: [0, 10, 30], rates: [0.1, 0.5, 0.3] };
  const rates = [0, 5, 10, 20, 30, 31, 1e6].map((step) => learningRate(schedule, step));
  [0.1, 0.3, 0.5, 0.4, 0.3, 0.3, 0.3].forEach((rate, at) => expect(rates[at]).toBeCloseTo(rate, 14));
  expect(learningRate({ kind: 'piecewise', steps: [0], rates: [0.2] }, 7)).toBe(0.2);
});

describe('checkSchedule', () => {
  it.each<[string, Schedule]>([
    [
      'schedule.kind: expected constant, step, cosine, warmup-cosine, one-cycle or piecewise, got "linear".',
      { kind: 'linear', rate: 1 } as unknown as Schedule,
    ],
    ['schedule.rate: expected a number greater than 0, got 0.', { kind: 'constant', rate: 0 }],
    ['schedule.rate: expected a number greater than 0, got NaN.', { kind: 'constant', rate: Number.NaN }],
    [
      'schedule.initial: expected a number greater than 0, got -1.',
      { kind: 'step', initial: -1, factor: 0.1, steps: [1] },
    ],
    [
      'schedule.factor: expected a number greater than 0, got Infinity.',
      { kind: 'step', initial: 1, factor: Infinity, steps: [1] },
    ],
    ['expected ascending integers, got [20, 10].', { kind: 'step', initial: 1, factor: 0.1, steps: [20, 10] }],
    ['expected ascending integers, got [5, 5].', { kind: 'step', initial: 1, factor: 0.1, steps: [5, 5] }],
    ['expected ascending integers, got [1.5].', { kind: 'step', initial: 1, factor: 0.1, steps: [1.5] }],
    ['schedule.totalSteps: expected an integer of at least 1, got 0.', { kind: 'cosine', initial: 1, totalSteps: 0 }],
    ['schedule.initial: expected a number greater than 0, got 0.', { kind: 'cosine', initial: 0, totalSteps: 10 }],
    [
      'schedule.warmupSteps: expected an integer of at least 1, got 0.',
      { kind: 'warmup-cosine', initial: 1, warmupSteps: 0, totalSteps: 10 },
    ],
    [
      'schedule.steps: expected ascending integers from 0 on, got [1, 5].',
      { kind: 'piecewise', steps: [1, 5], rates: [0.1, 0.2] },
    ],
    [
      'schedule.rates: expected 2 numbers, one for each step, got 1.',
      { kind: 'piecewise', steps: [0, 5], rates: [0.1] },
    ],
    [
      'schedule.final: expected a number greater than 0, got 0.',
      { kind: 'one-cycle', initial: 0.1, highest: 1, final: 0, warmupSteps: 2, totalSteps: 9 },
    ],
    [
      'schedule.totalSteps: expected an integer of at least 11, got 10.',
      { kind: 'warmup-cosine', initial: 1, warmupSteps: 10, totalSteps: 10 },
    ],
  ])('refuses: %s', (message, schedule) => {
    expect(() => checkSchedule(schedule)).toThrow(message);
  });

  it('accepts what can be followed', () => {
    expect(() => checkSchedule({ kind: 'constant', rate: 0.1 })).not.toThrow();
    expect(() => checkSchedule({ kind: 'step', initial: 0.1, factor: 0.1, steps: [] })).not.toThrow();
  });
});
