/** Other views of the same elements. */
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { broadcastShapes } from '../../../graph/shape.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { reshape } from '../../../ops/reshape.ts';
import { transpose } from '../../../ops/transpose.ts';
import { flattenTarget, forThisBatch, permutationOf, reshapeTarget, squeezeTarget, unsqueezeTarget } from '../axes.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { elementTypeOf } from '../tensor.ts';
import { integers, type Constant } from '../Value.ts';

function reshaped(target: (node: NodeTranslation, from: readonly number[]) => number[]): Rule {
  return (node) => {
    const x = node.node(0);
    return reshape(node.graph, x, target(node, x.shape));
  };
}

/** Between float types, or between integer types: the engine has one of each. */
function cast(node: NodeTranslation, to: Constant['type'] | Node['type'] | null): Node {
  const x = node.node(0);
  if (to !== x.type) {
    throw node.failure('UNSUPPORTED', `${x.type} values that depend on the data cannot become ${to ?? 'another type'}`);
  }
  return x;
}

export const shapingRules: Rules = {
  Identity: (node) => node.node(0),
  // Off: what is measured is one fixed function.
  Dropout: (node) => node.node(0),
  Cast: (node) => cast(node, elementTypeOf(node.number('to', 0))),
  CastLike: (node) => cast(node, node.value(1).type),
  Reshape: reshaped(reshapeTarget),
  Flatten: reshaped(flattenTarget),
  Squeeze: reshaped(squeezeTarget),
  Unsqueeze: reshaped(unsqueezeTarget),
  Transpose: (node) => {
    const x = node.node(0);
    return transpose(node.graph, x, permutationOf(node, x.shape));
  },
  Expand: (node) => {
    const x = node.node(0);
    const target = forThisBatch(node, x.shape, [...node.constant(1).values]);
    return broadcastTo(node.graph, x, broadcastShapes('Expand', x.shape, target));
  },
  Size: (node) => integers([sizeOf(node.value(0).shape)], []),
  Shape: (node) => {
    const { shape } = node.value(0);
    return integers(shape.slice(node.number('start', 0), node.number('end', shape.length)));
  },
};
