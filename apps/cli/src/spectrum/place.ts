/** Places in arrays, for messages. */
import { sizeOf, type Shape } from '@ritz/estimation';

/** Formats a position in an array [N, ...] as `row 3, element 17`. */
export function placeOf(position: number, shape: Shape): string {
  const perRow = sizeOf(shape.slice(1));
  const row = `row ${Math.floor(position / perRow)}`;
  return perRow === 1 ? row : `${row}, element ${position % perRow}`;
}
