/** Shape rules shared by the ops: NumPy broadcasting, axes counted from the end. */
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, type Shape } from './Node.ts';

export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The NumPy broadcast of two shapes; throws an EstimationError (SHAPE) that names the op and both shapes. */
export function broadcastShapes(op: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new EstimationError(
        'SHAPE',
        `${op}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast together.`,
      );
    }
    return x === 1 ? y : x;
  });
}

/** Checks that a reshape keeps the number of elements; -1 stands for the one length that follows from the others. */
export function resolveReshape(from: Shape, to: Shape): number[] {
  const known = to.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const resolved = to.map((length) => (length === -1 ? sizeOf(from) / known : length));
  if (to.filter((length) => length === -1).length > 1 || sizeOf(resolved) !== sizeOf(from)) {
    throw new EstimationError('SHAPE', `reshape: ${showShape(from)} has no shape ${showShape(to)}.`);
  }
  return resolved;
}
