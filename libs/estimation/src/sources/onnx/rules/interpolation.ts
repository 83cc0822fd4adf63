/** How Resize takes one axis to another length: for every new element the old ones that it is made of, with their weights. */
import type { NodeTranslation } from '../NodeTranslation.ts';

export interface AxisResize {
  readonly from: number;
  readonly to: number;
  /** New by old length, as the file states it. */
  readonly scale: number;
  /** Where a cropped axis begins and ends, as parts of its length. */
  readonly region: readonly [number, number];
}

/** Where a new element lies among the old ones, by the names that the operator gives to the ways of counting. */
const coordinates: Readonly<Record<string, (x: number, axis: AxisResize) => number>> = {
  half_pixel: (x, { scale }) => (x + 0.5) / scale - 0.5,
  half_pixel_symmetric: (x, { scale, from, to }) => (from / 2) * (1 - to / (scale * from)) + (x + 0.5) / scale - 0.5,
  pytorch_half_pixel: (x, { scale, to }) => (to > 1 ? (x + 0.5) / scale - 0.5 : 0),
  tf_half_pixel_for_nn: (x, { scale }) => (x + 0.5) / scale,
  align_corners: (x, { from, to }) => (to === 1 ? 0 : (x * (from - 1)) / (to - 1)),
  asymmetric: (x, { scale }) => x / scale,
  tf_crop_and_resize: (x, { from, to, region: [start, end] }) =>
    to > 1 ? start * (from - 1) + (x * (end - start) * (from - 1)) / (to - 1) : 0.5 * (start + end) * (from - 1),
};

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Keys' kernel (1981) with the slope a at distance 1. */
function cubic(distance: number, a: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

function linear(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

function named<T>(node: NodeTranslation, table: Readonly<Record<string, T>>, attribute: string, fallback: string): T {
  const name = node.text(attribute, fallback);
  const found = table[name];
  if (found !== undefined) return found;
  throw node.failure(
    'UNSUPPORTED',
    `expected ${attribute} to be one of ${Object.keys(table).join(', ')}, got "${name}"`,
  );
}

export interface Interpolation {
  /** Old positions and their weights, for a new position. */
  weights(axis: AxisResize, to: number): ReadonlyMap<number, number>;
  /** Whether the old position itself counts (nothing is interpolated). */
  readonly nearest: boolean;
}

/** From the attributes of a Resize, of which older opsets have fewer: 10 counts asymmetrically and takes the floor. */
export function interpolationOf(node: NodeTranslation): Interpolation {
  const old = node.scope.opset < 11;
  const locate = named(node, coordinates, 'coordinate_transformation_mode', old ? 'asymmetric' : 'half_pixel');
  const mode = node.text('mode', 'nearest');
  switch (mode) {
    case 'nearest': {
      const round = named(node, roundings, 'nearest_mode', old ? 'floor' : 'round_prefer_floor');
      const at = (axis: AxisResize, to: number): number => clamp(round(locate(to, axis)), axis.from);
      return { nearest: true, weights: (axis, to) => new Map([[at(axis, to), 1]]) };
    }
    case 'linear':
      return { nearest: false, weights: (axis, to) => spread(node, axis, locate(to, axis), 1, linear) };
    case 'cubic': {
      const a = node.number('cubic_coeff_a', -0.75);
      return { nearest: false, weights: (axis, to) => spread(node, axis, locate(to, axis), 2, (d) => cubic(d, a)) };
    }
    default:
      throw node.failure('UNSUPPORTED', `expected the mode nearest, linear or cubic, got "${mode}"`);
  }
}

function clamp(position: number, length: number): number {
  return Math.min(Math.max(position, 0), length - 1);
}

/** A kernel around a place; with `antialias` it is as wide as the step between new elements. */
function spread(
  node: NodeTranslation,
  { from, scale }: AxisResize,
  place: number,
  radius: number,
  kernel: (distance: number) => number,
): Map<number, number> {
  const narrowed = node.number('antialias', 0) === 1 ? Math.min(scale, 1) : 1;
  const excludes = node.number('exclude_outside', 0) === 1;
  const reach = Math.ceil(radius / narrowed);
  const weights = new Map<number, number>();
  let total = 0;
  for (let position = Math.floor(place) - reach + 1; position <= Math.floor(place) + reach; position++) {
    if (excludes && (position < 0 || position >= from)) continue;
    const weight = kernel((position - place) * narrowed);
    const inside = clamp(position, from);
    weights.set(inside, (weights.get(inside) ?? 0) + weight);
    total += weight;
  }
  return new Map([...weights].map(([position, weight]) => [position, weight / total]));
}

/** A new element of a cropped axis that lies outside of the old ones. */
export function isOutside(node: NodeTranslation, axis: AxisResize, to: number): boolean {
  if (node.text('coordinate_transformation_mode', 'half_pixel') !== 'tf_crop_and_resize') return false;
  const place = coordinates['tf_crop_and_resize']?.(to, axis) ?? 0;
  return place < 0 || place > axis.from - 1;
}
