import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ClaimFigure } from '@ritz/spectra';
import { ClaimChart } from './ClaimChart.tsx';

const figure: ClaimFigure = {
  ...{ title: 'λ1', x: 'step', y: 'λ1', logarithmic: false },
  series: [
    {
      name: 'a',
      points: [
        [0, 0],
        [1, 2],
        [2, 1],
      ],
    },
  ],
};

function drawn(changes: Partial<ClaimFigure> = {}): string {
  return renderToStaticMarkup(<ClaimChart figure={{ ...figure, ...changes }} settings={['b', 'a']} drops={[1]} />);
}

function lineOf(svg: string): string[] {
  return /polyline points="([^"]*)"/.exec(svg)?.[1]?.split(' ') ?? [];
}

it('joins points over steps and marks the drops of the rate', () => {
  expect(lineOf(drawn()).length).toBe(3);
  expect(drawn()).toContain('rate drops');
});

it('draws the line that fits the points of a relation, without drops', () => {
  const svg = drawn({ scattered: true });
  const [zero = 0, two = 0] = [...svg.matchAll(/<circle cx="[^"]*" cy="([^"]*)"/g)].map(([, y]) => Number(y));
  const ends = lineOf(svg).map((place) => Number(place.split(',')[1]));
  // Slope and intercept are 1/2: from 0.5 to 1.5.
  expect(ends.map((y) => (2 * (zero - y)) / (zero - two))).toEqual(
    [0.5, 1.5].map((y) => expect.closeTo(y, 1) as number),
  );
  expect(svg).not.toContain('rate drops');
});

it('gives a setting the colour it has in all figures', () => {
  expect(drawn()).toContain('var(--series-2)');
});
