import { describe, expect, it } from 'vitest';
import { linearScale, logScale } from './axisScale.ts';
import { drawable, mostPoints, mostSeries } from './drawable.ts';
import { groupBy, medianSeries } from './groups.ts';
import { legendEntries } from './legend.ts';
import { linearScaleFor } from './scaleFor.ts';
import { errorBars } from './segments.ts';

const long = Array.from({ length: 5000 }, (_unused, index) => index);
const scale = linearScale([0, 5000]);
const curve = (id: string, x: readonly number[], y: readonly (number | null)[]) => ({ id, label: id, style: 0, x, y });

describe('drawable', () => {
  it('leaves alone what fits', () => {
    const series = [curve('a', [0, 1], [1, null])];
    expect(drawable(series, scale)).toEqual({ series, note: '' });
  });

  it('draws 50 curves and says how many there are', () => {
    const { series, note } = drawable(
      Array.from({ length: 70 }, (_unused, index) => curve(String(index), [0], [1])),
      scale,
    );
    expect(series).toHaveLength(mostSeries);
    expect(note).toBe('Showing the first 50 of 70 curves; the table and the CSV have all.');
  });

  it('thins a long curve, with its peaks and its gaps, and says so', () => {
    const y = long.map((x) => (x === 1234 ? 99 : x >= 3000 && x < 3100 ? null : 0));
    const { series, note } = drawable([curve('a', long, y)], scale);
    const [thinned] = series;
    expect(thinned?.x.length).toBeLessThanOrEqual(mostPoints);
    expect(thinned?.y).toContain(99);
    expect(thinned?.y).toContain(null);
    expect(thinned?.x.length).toBe(thinned?.y.length);
    expect(note).toContain('at most 1,000 points');
  });
});

describe('medianSeries', () => {
  const name = { id: 'median', label: 'median', style: 1 };
  const a = curve('a', [0, 1, 2], [1, 2, null]);
  const b = curve('b', [0, 1, 2, 3], [3, 6, 5, 7]);
  const c = curve('c', [0, 1, 3], [10, 2.5, 4]);

  it('has the median and the range where every member was measured, and nowhere else', () => {
    expect(medianSeries([a, b, c], name, 'common')).toEqual({
      ...name,
      weight: 'strong',
      band: true,
      x: [0, 1],
      y: [3, 2.5],
      lower: [1, 2],
      upper: [10, 6],
    });
    expect(medianSeries([a, b], name, 'common')?.y).toEqual([2, 4]);
  });

  it('follows the drawn lines of curves that are logged often, within the range of all of them', () => {
    const thinned = [curve('a', [0, 4, 10], [0, 4, 10]), curve('b', [0, 5, 20], [2, 7, 22])];
    const found = medianSeries(thinned, name, 'any');
    expect(found).toMatchObject({ x: [0, 4, 5, 10], y: [1, 5, 6, 11], lower: [0, 4, 5, 10], upper: [2, 6, 7, 12] });
  });

  it('is nothing for one member or without a common x', () => {
    expect(medianSeries([a], name, 'common')).toBeNull();
    expect(medianSeries([curve('a', [0], [1]), curve('b', [1], [1])], name, 'common')).toBeNull();
    expect(medianSeries([curve('a', [0, 1], [1, 1]), curve('b', [2, 3], [1, 1])], name, 'any')).toBeNull();
    expect(medianSeries([a, curve('b', [], [])], name, 'any')).toBeNull();
  });

  it('gives the axis room for its band', () => {
    const median = medianSeries([a, b, c], name, 'common');
    const { domain } = linearScaleFor(median ? [median] : []);
    expect(domain[0]).toBeLessThan(1);
    expect(domain[1]).toBeGreaterThan(10);
  });
});

describe('groupBy', () => {
  it('keeps the order of the members and of the first of each group', () => {
    const groups = groupBy([3, 1, 4, 5, 9], (value) => (value % 2 === 0 ? 'even' : 'odd'));
    expect(groups).toEqual([
      { name: 'odd', members: [3, 1, 5, 9] },
      { name: 'even', members: [4] },
    ]);
  });
});

describe('errorBars', () => {
  it('reaches from bound to bound with caps, cut off at the ends of the axis', () => {
    const series = { ...curve('a', [10, 20, 30], [1, 2, 3]), lower: [-1, null, 2.5], upper: [2, null, 99] };
    const bars = errorBars(series, linearScale([0, 1000]), logScale([0.1, 10]));
    expect(bars).toHaveLength(6);
    expect(bars[0]).toEqual({ x1: 10, x2: 10, y1: -1, y2: Math.log10(2) });
    expect(bars[3]).toMatchObject({ x1: 30, y1: Math.log10(2.5), y2: 1 });
    expect(bars[1]).toEqual({ x1: 7, x2: 13, y1: -1, y2: -1 });
  });

  it('is nothing where no bounds are known, or the value is off the axis', () => {
    expect(errorBars(curve('a', [1], [1]), scale, scale)).toEqual([]);
    expect(errorBars({ ...curve('a', [1], [-5]), lower: [-6], upper: [-4] }, scale, scale)).toEqual([]);
  });
});

describe('legendEntries', () => {
  it('lists faint curves of one style together, and all others by themselves', () => {
    const entry = (label: string, style: number, weight: 'faint' | 'plain') => ({ id: label, label, style, weight });
    const listed = legendEntries([
      entry('λ₁', 0, 'plain'),
      entry('λ₂', 0, 'faint'),
      entry('λ₃', 0, 'faint'),
      entry('a', 1, 'faint'),
      entry('λK', 1, 'plain'),
    ]);
    expect(listed.map(({ label }) => label)).toEqual(['λ₁', 'λ₂ … λ₃', 'a', 'λK']);
  });
});
