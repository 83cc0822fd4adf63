/** Number arrays element by element and by coordinates. */
import { sizeOf, type Shape } from '../../../graph/Node.ts';
import { broadcastShapes } from '../../../graph/shape.ts';
import { checkedSize, type Constant } from '../Value.ts';

/** Row-major strides. */
export function stridesOf(shape: Shape): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** The coordinates of every element of a shape, row-major; the array that is passed on is reused. */
export function forEachCoordinate(
  shape: Shape,
  visit: (coordinates: readonly number[], position: number) => void,
): void {
  const coordinates = shape.map(() => 0);
  const size = sizeOf(shape);
  for (let position = 0; position < size; position++) {
    visit(coordinates, position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      coordinates[axis] = (coordinates[axis] ?? 0) + 1;
      if ((coordinates[axis] ?? 0) < (shape[axis] ?? 1)) break;
      coordinates[axis] = 0;
    }
  }
}

/** A constant of another shape whose element at some coordinates is the element of `x` at the coordinates that `from` says. */
export function rearrange(
  x: Constant,
  shape: Shape,
  from: (coordinates: readonly number[]) => readonly number[],
): Constant {
  const strides = stridesOf(x.shape);
  const values = new Float64Array(checkedSize(shape));
  forEachCoordinate(shape, (coordinates, position) => {
    const offset = from(coordinates).reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), 0);
    values[position] = x.values[offset] ?? Number.NaN;
  });
  return { shape, type: x.type, values };
}

/** Repeats along axes of length 1 and new leading axes. */
export function expand(x: Constant, shape: Shape): Constant {
  const extra = shape.length - x.shape.length;
  return rearrange(x, shape, (coordinates) =>
    x.shape.map((length, axis) => (length === 1 ? 0 : (coordinates[axis + extra] ?? 0))),
  );
}

/** f of the elements of all operands, broadcast to one shape. */
export function elementwise(
  name: string,
  operands: readonly Constant[],
  type: Constant['type'],
  f: (...elements: number[]) => number,
): Constant {
  const shape = operands.reduce<Shape>((sofar, { shape }) => broadcastShapes(name, sofar, shape), []);
  const expanded = operands.map((operand) => expand(operand, shape));
  const values = Float64Array.from({ length: checkedSize(shape) }, (_, i) =>
    f(...expanded.map((x) => x.values[i] ?? 0)),
  );
  return { shape, type, values };
}
