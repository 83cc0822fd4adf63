import { describe, expect, it } from 'vitest';
import { linePath } from './linePath.ts';
import { linearScale } from './axisScale.ts';
import { spreadSteps } from './spreadSteps.ts';
import { stepAxisScale } from './stepAxis.ts';

describe('spreadSteps', () => {
  const steps = Array.from({ length: 2000 }, (_unused, index) => 5 * index);

  it('keeps all where there is room', () => {
    expect(spreadSteps([0, 1, 7], stepAxisScale('log', 7), 3)).toEqual([0, 1, 7]);
  });

  it.each(['log', 'linear'] as const)('keeps both ends and spreads the others over a %s axis', (axis) => {
    const kept = spreadSteps(steps, stepAxisScale(axis, 9995), 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept.length).toBeGreaterThan(60);
    expect([kept[0], kept.at(-1)]).toEqual([0, 9995]);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    const half = kept.filter((step) => step < 5000).length;
    if (axis === 'linear') expect(half).toBe(50);
    else expect(half).toBeGreaterThan(0.85 * kept.length);
  });
});

describe('linePath', () => {
  const plot = { x: 10, y: 20, width: 100, height: 100 };
  const [x, y] = [linearScale([0, 10]), linearScale([0, 1])];

  it('is broken at gaps and outside the axes', () => {
    const { path, end } = linePath({ x: [0, 2, 4, 6, 8], y: [0, 0.5, null, 0.5, 2] }, x, y, plot);
    expect(path).toBe('M10.0 120.0L30.0 70.0M70.0 70.0');
    expect(end).toBe(70);
  });

  it('climbs as a staircase and holds its last value to where it leaves', () => {
    const { path } = linePath({ x: [0, 5, 8], y: [0, 1, 3], staircase: true }, x, y, plot);
    expect(path).toBe('M10.0 120.0H60.0V20.0H90.0');
  });
});
