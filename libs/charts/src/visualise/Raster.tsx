'use client';
/** A picture that fills the plot of a chart, and where it is pressed or pointed at. */
import type { MouseEvent } from 'react';
import { usePlotArea } from 'recharts';
import type { HeatRaster } from '../prepare/heatRaster.ts';

/** A place on the picture as shares of its size, from its upper left corner. */
export interface RasterPlace {
  readonly across: number;
  readonly down: number;
}

export interface RasterProps {
  /** A data URL. */
  readonly picture: string;
  readonly onPick: (place: RasterPlace) => void;
  /** Called with the place of the pointer; null when it leaves. */
  readonly onPoint: (place: RasterPlace | null) => void;
}

/** As a data URL; in a browser only. */
export function pictureOf({ width, height, pixels }: HeatRaster): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.toDataURL();
}

function placeOf({ clientX, clientY, currentTarget }: MouseEvent<SVGImageElement>): RasterPlace {
  const box = currentTarget.getBoundingClientRect();
  return { across: (clientX - box.left) / box.width, down: (clientY - box.top) / box.height };
}

export function Raster({ picture, onPick, onPoint }: RasterProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const { x, y, width, height } = plot;
  return (
    <image
      href={picture}
      x={x}
      y={y}
      width={width}
      height={height}
      preserveAspectRatio="none"
      style={{ imageRendering: 'pixelated', cursor: 'pointer' }}
      onClick={(event) => {
        onPick(placeOf(event));
      }}
      onMouseMove={(event) => {
        onPoint(placeOf(event));
      }}
      onMouseLeave={() => {
        onPoint(null);
      }}
    />
  );
}
