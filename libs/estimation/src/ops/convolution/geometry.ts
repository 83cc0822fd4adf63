/** How a kernel moves over an image [N, C, H, W]: the arithmetic that the convolution and pooling ops share. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Attributes, Shape } from '../../graph/Node.ts';

/** Rows, then columns. */
export type Pair = readonly [number, number];

export interface Geometry {
  readonly stride: Pair;
  /** Zeros added before and after: top, left, bottom, right. Negative: that many lines are cut off. */
  readonly pads: readonly [number, number, number, number];
  /** Distance of neighbouring taps of the kernel. */
  readonly dilation: Pair;
  /** Channels are cut into this many groups that do not mix; as many as channels: a depthwise convolution. */
  readonly groups: number;
}

/** `same`: the output has ⌈size / stride⌉ lines, an odd zero goes to the end. One number pads all four sides; two are rows, columns. */
export type Padding = 'same' | 'valid' | number | Pair | readonly [number, number, number, number];

export interface WindowOptions {
  readonly stride?: number | Pair;
  readonly padding?: Padding;
  readonly dilation?: number | Pair;
}

export function pair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

/** Lines that a kernel of `taps` lines covers. */
export function extent(taps: number, dilation: number): number {
  return (taps - 1) * dilation + 1;
}

function samePads(size: number, taps: number, stride: number, dilation: number): Pair {
  const needed = Math.max((Math.ceil(size / stride) - 1) * stride + extent(taps, dilation) - size, 0);
  return [Math.floor(needed / 2), Math.ceil(needed / 2)];
}

function pads(size: Pair, kernel: Pair, padding: Padding, stride: Pair, dilation: Pair): Geometry['pads'] {
  if (typeof padding === 'number') return [padding, padding, padding, padding];
  if (typeof padding !== 'string')
    return padding.length === 2 ? [padding[0], padding[1], padding[0], padding[1]] : padding;
  switch (padding) {
    case 'valid':
      return [0, 0, 0, 0];
    case 'same': {
      const [top, bottom] = samePads(size[0], kernel[0], stride[0], dilation[0]);
      const [left, right] = samePads(size[1], kernel[1], stride[1], dilation[1]);
      return [top, left, bottom, right];
    }
  }
}

/** Throws an EstimationError (BAD_OPTION) that names the op when a stride, padding, dilation or number of groups is not an integer. */
export function resolveGeometry(
  op: string,
  size: Pair,
  kernel: Pair,
  { stride = 1, padding = 'valid', dilation = 1, groups = 1 }: WindowOptions & { readonly groups?: number },
): Geometry {
  const resolved = {
    stride: pair(stride),
    pads: pads(size, kernel, padding, pair(stride), pair(dilation)),
    dilation: pair(dilation),
    groups,
  };
  const least = { stride: 1, pads: 0, dilation: 1, groups: 1 };
  for (const [name, bound] of Object.entries(least)) {
    const given = [resolved[name as keyof Geometry]].flat();
    if (!given.every((value) => Number.isInteger(value) && value >= bound)) {
      const what = name === 'pads' ? 'padding' : name;
      throw new EstimationError(
        'BAD_OPTION',
        `${op}: ${what} must be integers of at least ${bound}, got ${given.join(', ')}.`,
      );
    }
  }
  return resolved;
}

export function toAttributes({ stride, pads, dilation, groups }: Geometry): Attributes {
  return { stride: [...stride], pads: [...pads], dilation: [...dilation], groups };
}

export function fromAttributes(attributes: Attributes): Geometry {
  return {
    stride: pairOf(attributes, 'stride'),
    pads: attributes['pads'] as unknown as Geometry['pads'],
    dilation: attributes['dilation'] === undefined ? [1, 1] : pairOf(attributes, 'dilation'),
    groups: Number(attributes['groups'] ?? 1),
  };
}

export function pairOf(attributes: Attributes, name: string): Pair {
  return attributes[name] as unknown as Pair;
}

/** The last two lengths of a shape: rows and columns. */
export function sizeOfImage(shape: Shape): Pair {
  return [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
}

/** Rows and columns that come out; below 1 where the kernel does not fit. */
export function outputSize(size: Pair, kernel: Pair, { stride, pads, dilation }: Geometry): Pair {
  const along = (axis: 0 | 1): number =>
    Math.floor(
      (size[axis] + pads[axis] + pads[axis === 0 ? 2 : 3] - extent(kernel[axis], dilation[axis])) / stride[axis],
    ) + 1;
  return [along(0), along(1)];
}

/**
 * The convolution with the reversed kernel that maps a cotangent back to the input (Dumoulin and Visin, "A guide to convolution
 * arithmetic for deep learning", §4): it moves by 1 over the cotangent with stride − 1 zeros put behind each of its lines.
 */
export function reversedGeometry(inputSize: Pair, kernel: Pair, cotangentSize: Pair, forward: Geometry): Geometry {
  const { stride, pads, dilation, groups } = forward;
  const along = (axis: 0 | 1): Pair => {
    const reach = extent(kernel[axis], dilation[axis]) - 1;
    const before = reach - pads[axis];
    return [before, inputSize[axis] + reach - cotangentSize[axis] * stride[axis] - before];
  };
  const [top, bottom] = along(0);
  const [left, right] = along(1);
  return { stride: [1, 1], pads: [top, left, bottom, right], dilation, groups };
}
