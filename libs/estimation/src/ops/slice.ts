/** A part of an axis. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { pad } from './pad.ts';

/**
 * Elements `start` … `end` − 1 along an axis given as -1 (last), -2, …. Throws an EstimationError (SHAPE) when they are not there
 * or none is left.
 */
export function slice(graph: GraphBuilder, x: Node, axis: number, start: number, end: number): Node {
  const length = x.shape.at(axis) ?? 0;
  if (axis >= 0 || axis < -x.shape.length || start < 0 || end > length || start >= end) {
    const given = `${start}…${end - 1} along axis ${axis}`;
    throw new EstimationError(
      'SHAPE',
      `slice: ${given} is not a part of ${showShape(x.shape)}; axes count from the end.`,
    );
  }
  const others = Array.from({ length: -axis - 1 }, () => 0);
  return pad(graph, x, { before: [0 - start, ...others], after: [end - length, ...others] });
}
