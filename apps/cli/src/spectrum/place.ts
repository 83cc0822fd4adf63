/** Where in an array something is, for messages. */
import { sizeOf, type Shape } from '@ritz/estimation';

/** `row 3, element 17`: where in an array [N, ...] a position is. */
export function placeOf(position: number, shape: Shape): string {
  const perRow = sizeOf(shape.slice(1));
  const row = `row ${Math.floor(position / perRow)}`;
  return perRow === 1 ? row : `${row}, element ${position % perRow}`;
}
