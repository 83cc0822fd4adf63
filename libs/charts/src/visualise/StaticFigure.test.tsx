import { measurement } from '@ritz/spectra';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ReplicateStrips } from './ReplicateStrips.tsx';
import { StaticFigure, type StaticFigureProps } from './StaticFigure.tsx';

const base = { title: 'λ <1>', xTitle: 'step', yTitle: 'λ1', logY: true } as const;

function drawn(props: Partial<StaticFigureProps> & Pick<StaticFigureProps, 'series'>): string {
  return renderToStaticMarkup(<StaticFigure {...base} {...props} />);
}

describe('a static figure', () => {
  it('draws what its axes can show, and says when there is nothing', () => {
    const points = [
      [0, 1],
      [10, 100],
      [20, -1],
    ] as const;
    const svg = drawn({ series: [{ name: 'a & b', style: 0, points }] });
    expect(svg).toContain('λ &lt;1&gt;');
    expect(svg).toContain('a &amp; b');
    expect(svg.match(/<circle/g)?.length).toBe(2);
    expect(svg).not.toContain('NaN');
    expect(drawn({ series: [] })).toContain('No measurements.');
    const one = drawn({ series: [{ name: 'one', style: 0, points: [[3, 5]] }] });
    expect(one).not.toMatch(/NaN|polyline/);
  });

  it('joins the points, or draws the given line on the same axes', () => {
    const points = [
      [0, 0],
      [1, 2],
      [2, 1],
    ] as const;
    const line = [
      [0, 0.5],
      [2, 1.5],
    ] as const;
    const placesOf = (svg: string): string[] => /polyline points="([^"]*)"/.exec(svg)?.[1]?.split(' ') ?? [];
    const plain = drawn({ logY: false, series: [{ name: 'a', style: 1, points }] });
    expect(placesOf(plain).length).toBe(3);
    const fitted = drawn({ logY: false, series: [{ name: 'a', style: 1, points, line }] });
    const [zero = 0, two = 0] = [...plain.matchAll(/<circle cx="[^"]*" cy="([^"]*)"/g)].map(([, y]) => Number(y));
    // On an axis on which the places of 0 and 2 are known.
    const ends = placesOf(fitted).map((place) => Number(place.split(',')[1]));
    expect(ends.map((y) => (2 * (zero - y)) / (zero - two))).toEqual(
      [0.5, 1.5].map((y) => expect.closeTo(y, 2) as number),
    );
  });

  it('marks places on the x axis that lie within it', () => {
    const points = [
      [0, 1],
      [10, 2],
    ] as const;
    const marks = [4, 8, 40].map((x) => ({ x, label: 'rate drops' }));
    expect(drawn({ series: [{ name: 'a', style: 0, points }], marks }).match(/rate drops/g)?.length).toBe(2);
  });
});

it('replicates are shown beside where the claim says that they lie', () => {
  const claimed = { side: 'below', of: 0 } as const;
  const one = measurement(
    'x < 1',
    claimed,
    [1, 2, 3].map((value) => ({ value, seed: value, net: 'net' })),
  );
  const none = measurement('none', claimed, []);
  const svg = renderToStaticMarkup(<ReplicateStrips measurements={[one, none]} />);
  expect(svg).toContain('x &lt; 1');
  expect(svg.match(/<circle/g)?.length).toBe(3);
  expect(svg).not.toContain('NaN');
  const [, x = '', width = ''] = /<rect x="([^"]*)" width="([^"]*)"/.exec(svg) ?? [];
  const places = [...svg.matchAll(/<circle cx="([^"]*)"/g)].map(([, at]) => Number(at));
  expect(width).not.toBe('');
  expect(Math.min(...places)).toBeGreaterThan(Number(x) + Number(width));
  expect(renderToStaticMarkup(<ReplicateStrips measurements={[]} />)).toBe('');
});
