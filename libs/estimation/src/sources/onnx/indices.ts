/** Indices of the operators that take and put elements: counted from the start, and tuples of them as one number. */
import { sizeOf, type Node, type Shape } from '../../graph/Node.ts';
import { add } from '../../ops/add.ts';
import { scale } from '../../ops/affine.ts';
import { compare } from '../../ops/compare.ts';
import { reshape } from '../../ops/reshape.ts';
import { slice } from '../../ops/slice.ts';
import { toFloat } from '../../ops/toFloat.ts';
import { toInt } from '../../ops/toInt.ts';
import { stridesOf } from './fold/elements.ts';
import type { NodeTranslation } from './NodeTranslation.ts';
import { isNode } from './Value.ts';

/** Negative indices count from the end of an axis of this length; the result counts from the start. */
export function normalisedIndices(node: NodeTranslation, position: number, length: number): Node {
  const { graph } = node;
  const value = node.value(position);
  if (!isNode(value)) {
    const counted = [...value.values].map((index) => fromStart(index, length));
    return graph.constant(counted, value.shape, 'int');
  }
  return nodeFromStart(node, value, length);
}

export function fromStart(index: number, length: number): number {
  return index < 0 ? index + length : index;
}

function nodeFromStart({ graph }: NodeTranslation, index: Node, length: number): Node {
  const negative = compare(graph, index, 'less', graph.constant([0], [], index.type));
  return toInt(graph, add(graph, toFloat(graph, index), scale(graph, negative, length)));
}

export interface FlatIndices {
  /** [K], each the place of a row among all places of the indexed axes. */
  readonly flat: Node;
  /** K numbers where they are known now. */
  readonly known: readonly number[] | null;
  /** Axes of the tuples. */
  readonly shape: Shape;
  /** Axes of a row. */
  readonly rest: Shape;
  /** Rows that there are. */
  readonly places: number;
}

/** Input 1 holds tuples of coordinates (along its last axis) in the axes of a value that follow the first `shared`. */
export function flatIndices(node: NodeTranslation, x: Shape, shared = 0): FlatIndices {
  const { graph } = node;
  const indices = node.value(1);
  const width = indices.shape.at(-1) ?? 1;
  const indexed = x.slice(shared, shared + width);
  const strides = stridesOf(indexed);
  const shape = indices.shape.slice(0, -1);
  const common = { shape, rest: x.slice(shared + width), places: sizeOf(indexed) };
  if (!isNode(indices)) {
    const known = Array.from({ length: sizeOf(shape) }, (_, tuple) =>
      indexed.reduce((sum, length, axis) => {
        const index = fromStart(indices.values[tuple * width + axis] ?? 0, length);
        return sum + index * (strides[axis] ?? 1);
      }, 0),
    );
    return { ...common, known, flat: graph.constant(known, [known.length], 'int') };
  }
  const terms = indexed.map((length, axis) => {
    const index = nodeFromStart(node, slice(graph, indices, -1, axis, axis + 1), length);
    return scale(graph, toFloat(graph, index), strides[axis] ?? 1);
  });
  const total = terms.reduce((a, b) => add(graph, a, b));
  return { ...common, known: null, flat: toInt(graph, reshape(graph, total, [-1])) };
}
