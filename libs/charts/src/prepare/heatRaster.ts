/** Rasterises an evolution: steps to the right, λ upwards. */
import type { AxisScale } from './axisScale.ts';
import { level, type Evolution } from './evolution.ts';
import { heatColour } from './heatColour.ts';

export interface HeatRaster {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Number of raster columns, evenly spaced on the step axis. */
const columns = 480;

/**
 * Each column shows the nearest measured step, without interpolation. It is transparent below the floor and beyond half a gap outside the first and last step.
 */
export function heatRaster(evolution: Evolution, x: AxisScale): HeatRaster {
  const { steps, edges, height } = evolution;
  const places = steps.map(x.position);
  const [start, end] = x.domain.map(x.position) as [number, number];
  const reach =
    places.length > 1 ? ((places.at(-1) ?? 0) - (places[0] ?? 0)) / (places.length - 1) / 2 : (end - start) / 40;
  const rows = edges.length - 1;
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  let nearest = 0;
  for (let column = 0; column < columns; column++) {
    const place = start + ((end - start) * (column + 0.5)) / columns;
    const off = (index: number): number => Math.abs((places[index] ?? Infinity) - place);
    while (nearest < places.length - 1 && off(nearest + 1) <= off(nearest)) nearest++;
    const outside = place < (places[0] ?? 0) - reach || place > (places.at(-1) ?? 0) + reach;
    if (outside) continue;
    for (let cell = 0; cell < rows; cell++) {
      const value = level(height[nearest]?.[cell] ?? 0, evolution);
      if (value <= 0) continue;
      const pixel = 4 * ((rows - 1 - cell) * columns + column);
      pixels.set([...heatColour(value), 255], pixel);
    }
  }
  return { width: columns, height: rows, pixels };
}
