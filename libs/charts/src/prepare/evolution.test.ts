import { describe, expect, it } from 'vitest';
import { linearScale } from './axisScale.ts';
import { evolution, evolutionTable, level } from './evolution.ts';
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

function made(axis: LambdaAxis) {
  const figure = evolution(spectra, settings, axis);
  if (!figure) throw new Error('three spectra make a figure');
  return figure;
}

describe('evolution', () => {
  it.each(['linear', 'symlog', 'log'] as const)(
    'puts each outlier where it is, at its height, on a %s axis',
    (axis) => {
      const figure = made(axis);
      expect(figure.steps).toEqual([0, 10, 20]);
      for (const [row, outlier] of [2, 4, 8].entries()) {
        const beyond = [...figure.cells.keys()].filter((cell) => (figure.cells[cell] ?? 0) > 1);
        const heights = figure.height[row] ?? [];
        const highest = beyond.reduce((best, cell) => ((heights[cell] ?? 0) > (heights[best] ?? 0) ? cell : best));
        expect(Math.abs((figure.cells[highest] ?? 0) - outlier)).toBeLessThan(0.1);
        expect(heights[highest]).toBeCloseTo(0.01 / (0.05 * Math.sqrt(2 * Math.PI)), 2);
      }
    },
  );

  it('smooths each spectrum with its own width where the width is chosen from the spectrum', () => {
    const wide = { dimension: 100, probes: [{ nodes: [-1, 50], weights: [0.5, 0.5] }] };
    const narrow = { dimension: 100, probes: [{ nodes: [-0.01, 1], weights: [0.5, 0.5] }] };
    const ofSteps = [wide, narrow].map((measured, step) => ({ step, measured }));
    const figure = evolution(ofSteps, { ...settings, smoothing: { kind: 'auto' } }, 'symlog');
    expect(figure?.sigma[0]).toBeCloseTo(1.01 / 200, 9);
    expect(figure?.sigma[1]).toBeCloseTo(51 / 200, 9);
    const nearMinusOne = figure?.cells.findIndex((cell) => cell > -1) ?? 0;
    expect(figure?.height[0]?.[nearMinusOne]).toBeGreaterThan(0.1);
    expect(figure?.height[1]?.[nearMinusOne]).toBe(0);
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
    expect(figure?.height.map((row) => Math.max(...row) > 0.01)).toEqual([false, true, false]);
    expect(evolution(spectra, { ...settings, zoom: [-5, -1] }, 'log')).toBeNull();
  });

  it('becomes a table of all it shows', () => {
    const figure = made('linear');
    const table = evolutionTable(figure);
    expect(table.columns).toEqual(['lambda', 'step 0', 'step 10', 'step 20']);
    expect(table.rows).toHaveLength(figure.cells.length);
    expect(table.rows[7]).toEqual([figure.cells[7], ...figure.height.map((row) => row[7])]);
  });
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
      figure.cells.some((_unused, row) => (raster.pixels[4 * (row * raster.width + column) + 3] ?? 0) > 0);
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
