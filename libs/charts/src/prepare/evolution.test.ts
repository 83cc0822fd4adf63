import { describe, expect, it } from 'vitest';
import { linearScale } from './axisScale.ts';
import type { DensitySettings } from './densityCurves.ts';
import { cellCentres, evolution, evolutionTable, level, type Evolution } from './evolution.ts';
import { heatColour } from './heatColour.ts';
import { heatRaster } from './heatRaster.ts';
import type { LambdaAxis } from './lambdaScale.ts';
import { ridgeline } from './ridgeline.ts';

/** Spectra of one eigenvalue cluster at 0 and one outlier that moves. */
function spectrum(outlier: number) {
  return { dimension: 100, probes: [{ nodes: [0, outlier], weights: [0.99, 0.01] }] };
}
const spectra = [2, 4, 8].map((outlier, index) => ({ step: 10 * index, measured: spectrum(outlier) }));
const settings = { smoothing: { kind: 'absolute', sigma: 0.05 }, kernel: 'gaussian', zoom: null } as const;

function made(axis: LambdaAxis, chosen: DensitySettings = settings) {
  const figure = evolution(spectra, chosen, axis);
  if (!figure) throw new Error('three spectra make a figure');
  return figure;
}

/** The share of the eigenvalues of one step in the cells whose edges lie in a range. */
function shareBetween(figure: Evolution, row: number, low: number, high: number): number {
  const { edges, height, lambda } = figure;
  const width = lambda.position(edges[1] ?? 0) - lambda.position(edges[0] ?? 0);
  return (height[row] ?? []).reduce(
    (sum, value, cell) => ((edges[cell] ?? 0) >= low && (edges[cell + 1] ?? 0) <= high ? sum + value * width : sum),
    0,
  );
}

describe('evolution', () => {
  it.each(['linear', 'symlog', 'log'] as const)(
    'puts each outlier where it is, with its share, on a %s axis, whatever the kernel',
    (axis) => {
      for (const smoothing of [
        { kind: 'auto' },
        { kind: 'absolute', sigma: 0.05 },
        { kind: 'absolute', sigma: 1e-6 },
      ] as const) {
        const figure = made(axis, { ...settings, smoothing });
        expect(figure.steps).toEqual([0, 10, 20]);
        for (const [row, outlier] of [2, 4, 8].entries()) {
          expect(shareBetween(figure, row, outlier / 2, 2 * outlier)).toBeCloseTo(0.01, 6);
        }
      }
    },
  );

  it('shows the data and not the kernel where the width is chosen: nothing where no eigenvalue is', () => {
    const wide = { dimension: 100, probes: [{ nodes: [-1, 50], weights: [0.5, 0.5] }] };
    const narrow = { dimension: 100, probes: [{ nodes: [-0.01, 1], weights: [0.5, 0.5] }] };
    const ofSteps = [wide, narrow].map((measured, step) => ({ step, measured }));
    const figure = evolution(ofSteps, { ...settings, smoothing: { kind: 'auto' } }, 'symlog');
    if (!figure) throw new Error('two spectra make a figure');
    expect(figure.sigma).toBeNull();
    expect(shareBetween(figure, 0, -2, -0.5)).toBeCloseTo(0.5, 3);
    expect(shareBetween(figure, 1, -2, -0.2)).toBe(0);
    expect(shareBetween(figure, 1, 2, 60)).toBe(0);
  });

  it('draws a spectrum of one single eigenvalue, 0 too', () => {
    for (const value of [0, 2, -3]) {
      const single = { dimension: 1, probes: [{ nodes: [value], weights: [1] }] };
      const figure = evolution([{ step: 0, measured: single }], { ...settings, smoothing: { kind: 'auto' } }, 'symlog');
      if (!figure) throw new Error('one eigenvalue makes a figure');
      expect(shareBetween(figure, 0, -10, 10)).toBeCloseTo(1, 9);
      expect([...figure.edges, ...figure.height.flat(), figure.floor].every(Number.isFinite)).toBe(true);
    }
  });

  it('reaches the values that are to be on its axis', () => {
    expect(evolution(spectra, settings, 'linear', [20])?.lambda.domain[1]).toBeGreaterThan(20);
    expect(evolution(spectra, { ...settings, zoom: [0, 5] }, 'linear', [20])?.lambda.domain).toEqual([0, 5]);
  });

  it('draws any number of spectra', () => {
    const many = Array.from({ length: 600 }, (_unused, step) => ({ step, measured: spectrum(2) }));
    expect(evolution(many, settings, 'linear')?.height).toHaveLength(600);
  });

  it('is nothing without spectra', () => {
    expect(evolution([], settings, 'linear')).toBeNull();
  });

  it('shows only what is zoomed into', () => {
    const figure = evolution(spectra, { ...settings, zoom: [3, 5] }, 'linear');
    expect(figure?.lambda.domain).toEqual([3, 5]);
    expect(figure?.height.map((row) => Math.max(...row) > 1e-6)).toEqual([false, true, false]);
    expect(evolution(spectra, { ...settings, zoom: [-5, -1] }, 'log')).toBeNull();
  });

  it.each(['linear', 'symlog', 'log'] as const)(
    'becomes a table of densities per unit of λ, from a %s axis',
    (axis) => {
      const figure = made(axis);
      const { columns, rows } = evolutionTable(figure);
      expect(columns).toEqual(['lambda', 'step 0', 'step 10', 'step 20']);
      expect(rows.map(([lambda]) => lambda)).toEqual(cellCentres(figure));
      const widths = figure.edges.slice(1).map((edge, cell) => edge - (figure.edges[cell] ?? 0));
      const integral = rows.reduce((sum, row, cell) => sum + Number(row[1]) * (widths[cell] ?? 0), 0);
      // Half of the bulk at 0 lies below the start of a logarithmic axis.
      expect(integral).toBeCloseTo(axis === 'log' ? 0.505 : 1, axis === 'log' ? 1 : 6);
    },
  );
});

describe('level', () => {
  it('is logarithmic between the floor and the highest density', () => {
    const range = { floor: 0.01, highest: 100 };
    expect(level(1, range)).toBeCloseTo(0.5, 12);
    expect(level(0.001, range)).toBe(0);
    expect(level(1000, range)).toBe(1);
  });
});

describe('heatRaster', () => {
  it('shows the nearest measured step in each column and nothing far outside', () => {
    const figure = made('linear');
    const raster = heatRaster(figure, linearScale([0, 40]));
    const opaque = (column: number): boolean =>
      figure.edges.slice(1).some((_unused, row) => (raster.pixels[4 * (row * raster.width + column) + 3] ?? 0) > 0);
    expect(raster.pixels).toHaveLength(4 * raster.width * raster.height);
    expect(opaque(0)).toBe(true);
    expect(opaque(raster.width - 1)).toBe(false);
    const column = (number: number): number[] =>
      Array.from({ length: raster.height }, (_unused, row) => raster.pixels[4 * (row * raster.width + number)] ?? 0);
    expect(column(0)).toEqual(column(50));
    expect(column(0)).not.toEqual(column(120));
  });
});

describe('heatColour', () => {
  it('goes from dark to bright', () => {
    const brightness = [0, 0.25, 0.5, 0.75, 1].map((value) => {
      const [red, green, blue] = heatColour(value);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    expect(brightness).toEqual([...brightness].sort((a, b) => a - b));
    expect(heatColour(2)).toEqual(heatColour(1));
  });
});

describe('ridgeline', () => {
  it('gives each step a base line, the first in front', () => {
    const figure = ridgeline(made('symlog'), String);
    expect(figure.ridges.map(({ step }) => step)).toEqual([20, 10, 0]);
    expect(figure.y.ticks.map((tick) => figure.y.format(tick))).toEqual(['0', '10', '20']);
    for (const { key, base } of figure.ridges) {
      expect(Math.min(...figure.rows.map((row) => row[key] ?? 0))).toBe(base);
    }
    expect(figure.leftOut).toBe(0);
  });

  it('leaves steps out evenly where there are too many, and says how many', () => {
    const many = Array.from({ length: 60 }, (_unused, step) => ({ step, measured: spectrum(2) }));
    const figure = evolution(many, settings, 'linear');
    const ridges = figure && ridgeline(figure, String);
    expect(ridges?.ridges).toHaveLength(24);
    expect(ridges?.leftOut).toBe(36);
    expect(ridges?.ridges.map(({ step }) => step)).toContain(59);
  });
});
