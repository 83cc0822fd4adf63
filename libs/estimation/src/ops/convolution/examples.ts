/** Shapes and geometries on which the convolution and pooling ops are tested. */
import { outputSize, sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import type { Window } from './pooling.ts';

export interface ConvolutionExample {
  readonly x: readonly number[];
  readonly w: readonly number[];
  /** Shape of the convolution of the two. */
  readonly y: readonly number[];
  readonly geometry: Geometry;
}

function example(x: readonly number[], w: readonly number[], options: Partial<Geometry> = {}): ConvolutionExample {
  const geometry: Geometry = { stride: [1, 1], pads: [0, 0, 0, 0], dilation: [1, 1], groups: 1, ...options };
  return { x, w, y: [x[0] ?? 1, w[0] ?? 1, ...outputSize(sizeOfImage(x), sizeOfImage(w), geometry)], geometry };
}

/** Odd sizes, lines that no window reaches, unequal pads, dilation, groups, depthwise, pads wider than the kernel, whole blocks of channels. */
export function convolutionExamples(): ConvolutionExample[] {
  return [
    example([2, 3, 5, 4], [2, 3, 3, 3], { pads: [1, 1, 1, 1] }),
    example([2, 2, 6, 5], [3, 2, 3, 2], { stride: [2, 2], pads: [0, 1, 1, 0] }),
    example([1, 2, 6, 7], [2, 2, 2, 3], { dilation: [2, 2] }),
    example([2, 4, 4, 4], [6, 2, 3, 3], { groups: 2, pads: [1, 1, 1, 1] }),
    example([2, 3, 5, 5], [6, 1, 3, 3], { groups: 3, stride: [2, 1], pads: [1, 1, 1, 1] }),
    example([2, 3, 3, 3], [4, 3, 1, 1], { stride: [2, 2], pads: [1, 0, 0, 0] }),
    example([1, 1, 7, 7], [2, 1, 2, 2], { stride: [3, 2], dilation: [2, 1] }),
    example([2, 5, 6, 6], [2, 5, 3, 3], { stride: [1, 2], dilation: [2, 1], pads: [5, 0, 1, 1] }),
    example([2, 6, 2, 2], [6, 6, 3, 3], { pads: [1, 1, 1, 1] }),
    example([1, 16, 3, 2], [16, 16, 2, 2], { stride: [2, 1], pads: [1, 1, 0, 0] }),
  ];
}

export interface PoolingExample {
  readonly x: readonly number[];
  readonly window: Window;
}

function pooling(x: readonly number[], kernel: Pair, options: Partial<Geometry> = {}): PoolingExample {
  const geometry: Geometry = { stride: kernel, pads: [0, 0, 0, 0], dilation: [1, 1], groups: 1, ...options };
  return { x, window: { kernel, geometry } };
}

/** Windows that tile, that overlap, and that leave lines out. */
export function poolingExamples(): PoolingExample[] {
  return [
    pooling([2, 3, 4, 6], [2, 3]),
    pooling([2, 1, 5, 5], [3, 2], { stride: [2, 1], pads: [1, 0, 1, 1] }),
    pooling([2, 5, 4], [2, 2]),
  ];
}
