import { describe, expect, it } from 'vitest';
import { linearScale } from './axisScale.ts';
import { cumulative, energySeries } from './gradientEnergy.ts';

const energy = { nodes: [-1, 0, 2, 5], weights: [0.1, 0.2, 0.3, 0.4] };

describe('cumulative', () => {
  it('rises by each weight at its eigenvalue, from one end of the axis to the other', () => {
    expect(cumulative(energy, linearScale([-2, 6]))).toEqual({
      x: [-2, -1, 0, 2, 5, 6],
      y: [0, 0.1, expect.closeTo(0.3, 12), expect.closeTo(0.6, 12), expect.closeTo(1, 12), expect.closeTo(1, 12)],
    });
  });

  it('begins with what lies below the axis and ends where the axis does', () => {
    expect(cumulative(energy, linearScale([0, 3]))).toEqual({
      x: [0, 2, 3],
      y: [expect.closeTo(0.3, 12), expect.closeTo(0.6, 12), expect.closeTo(0.6, 12)],
    });
  });

  it('takes steps together that the screen cannot show, and never has more than 1,000 points', () => {
    const nodes = Array.from({ length: 5000 }, (_unused, index) => index / 5000);
    const { x, y } = cumulative({ nodes, weights: nodes.map(() => 1 / 5000) }, linearScale([0, 1]));
    expect(x.length).toBeLessThanOrEqual(1000);
    expect(y.at(-1)).toBeCloseTo(1, 9);
    expect(x).toEqual([...x].sort((a, b) => a - b));
  });
});

describe('energySeries', () => {
  it('sets the share of all eigenvalues beside the energies', () => {
    const measured = { dimension: 4, probes: [{ nodes: [0, 5], weights: [0.75, 0.25] }] };
    const series = energySeries([{ ...energy, label: 'full batch', style: 0 }], measured, linearScale([-2, 6]));
    expect(series.map(({ label, weight }) => [label, weight])).toEqual([
      ['full batch', undefined],
      ['all eigenvalues, for comparison', 'faint'],
    ]);
    expect(series[1]?.y).toEqual([0, 0.75, 1, 1]);
  });
});
