import { describe, expect, it } from 'vitest';
import { atOwnCadence } from './atOwnCadence.ts';
import { linearScale } from './axisScale.ts';
import { scheduleShade } from './scheduleShade.ts';
import { spectrumFacts } from './spectrumFacts.ts';
import { measuredSpectrum } from './storedSpectrum.ts';

describe('atOwnCadence', () => {
  it('joins what is measured now and then', () => {
    expect(atOwnCadence([0, 1, 2, 3, 4, 5], [1, null, null, 2, null, null])).toEqual({ x: [0, 3], y: [1, 2] });
  });

  it('keeps the gaps of what is measured at most steps', () => {
    const y = [1, null, 2, 3];
    expect(atOwnCadence([0, 1, 2, 3], y)).toEqual({ x: [0, 1, 2, 3], y });
  });
});

describe('scheduleShade', () => {
  const rows = [{ x: 0, a: 5 }];
  const x = linearScale([0, 40]);
  const y = linearScale([2, 12]);

  it('draws the rate from the bottom, at the steps where it changes and at the ends', () => {
    const rate = { id: 'r', label: 'rate', style: 0, x: [0, 10, 20, 30, 40], y: [0.1, 0.1, 0.1, 0.05, 0.05] };
    const shade = scheduleShade(rows, [rate], x, y);
    expect(shade.shades).toEqual([{ key: 'rate0', style: 0 }]);
    expect(shade.rows.map((row) => row['x'])).toEqual([0, 20, 30, 40]);
    expect(shade.rows[0]).toEqual({ x: 0, a: 5, rate0: [2, expect.closeTo(3.4, 9)] });
    expect(shade.rows.at(-1)?.['rate0']).toEqual([2, expect.closeTo(2.7, 9)]);
  });

  it('is nothing where no rate was logged', () => {
    expect(scheduleShade(rows, [{ id: 'r', label: 'rate', style: 0, x: [0], y: [null] }], x, y)).toEqual({
      rows,
      shades: [],
    });
  });
});

describe('a stored spectrum', () => {
  /** diag(−1, 0.5, 4) seen completely by each probe: 3 × 3 tridiagonals with no residual. */
  const probe = { alpha: [-1, 0.5, 4], beta: [0, 0, 0] };
  const weighted = { nodes: [-1, 0.5, 4], weights: [0.25, 0.25, 0.5] };

  it('has the extremes and the negative share that it was made with', () => {
    const facts = spectrumFacts(measuredSpectrum({ parameterCount: 3, probes: [weighted] }), 2);
    expect(facts).toMatchObject({ lambdaMax: 4, lambdaMin: -1, lambdaK: 0.5, ratio: 8 });
    expect(facts.negativeMass.value).toBeCloseTo(0.25, 12);
    expect(spectrumFacts(measuredSpectrum({ parameterCount: 3, probes: [weighted] }), null).lambdaK).toBeNull();
  });

  it('refuses a probe that holds neither form', () => {
    expect(() => measuredSpectrum({ parameterCount: 3, probes: [probe, { alpha: null, nodes: null }] })).toThrow(
      'Probe 1: expected alpha and beta, or nodes and weights, got neither.',
    );
  });
});
