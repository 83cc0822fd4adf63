/** Other views of the same elements. */
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { broadcastShapes } from '../../../graph/shape.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { compare } from '../../../ops/compare.ts';
import { reshape } from '../../../ops/reshape.ts';
import { select } from '../../../ops/select.ts';
import { toInt } from '../../../ops/toInt.ts';
import { transpose } from '../../../ops/transpose.ts';
import { not } from '../../mathematics.ts';
import { flattenTarget, forThisBatch, permutationOf, reshapeTarget, squeezeTarget, unsqueezeTarget } from '../axes.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { elementTypeOf } from '../tensor.ts';
import { constant, integers, type Constant, type Value } from '../Value.ts';

function reshaped(target: (node: NodeTranslation, from: readonly number[]) => number[]): Rule {
  return (node) => {
    const x = node.node(0);
    return reshape(node.graph, x, target(node, x.shape));
  };
}

/** Floats, integers and booleans (0 and 1) become each other; float types are all the engine's. */
function cast(node: NodeTranslation, to: Constant['type'] | Node['type'] | null): Node {
  const { graph } = node;
  switch (to) {
    case 'float':
      return node.float(0);
    case 'int':
      return toInt(graph, node.node(0));
    case 'bool':
      return not(graph, compare(graph, node.float(0), 'equal', graph.constant([0])));
    case null:
      throw node.failure('UNSUPPORTED', `data type ${node.number('to', 0)} is not a number`);
    default:
      return to satisfies never;
  }
}

/** Whole copies along every axis. */
function tile(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const repeats = [...node.constant(1).values];
  const apart = x.shape.flatMap((length) => [1, length]);
  const repeated = x.shape.flatMap((length, axis) => [repeats[axis] ?? 1, length]);
  const copies = broadcastTo(graph, reshape(graph, x, apart), repeated);
  return reshape(
    graph,
    copies,
    x.shape.map((length, axis) => length * (repeats[axis] ?? 1)),
  );
}

/** [N, b·b·C, H, W] → [N, C, b·H, b·W]; the blocks are the outer part of the channels (DCR) or the inner one (CRD). */
function depthToSpace(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const [n = 1, depth = 1, h = 1, w = 1] = x.shape;
  const block = node.number('blocksize', 1);
  const channels = depth / (block * block);
  const inner = node.text('mode', 'DCR') === 'CRD';
  const apart = reshape(graph, x, inner ? [n, channels, block, block, h, w] : [n, block, block, channels, h, w]);
  const together = transpose(graph, apart, inner ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]);
  return reshape(graph, together, [n, channels, h * block, w * block]);
}

/** [N, C, b·H, b·W] → [N, b·b·C, H, W], the reverse of `depthToSpace`. */
function spaceToDepth(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const [n = 1, channels = 1, h = 1, w = 1] = x.shape;
  const block = node.number('blocksize', 1);
  const apart = reshape(graph, x, [n, channels, h / block, block, w / block, block]);
  const inner = node.text('mode', 'DCR') === 'CRD';
  const together = transpose(graph, apart, inner ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4]);
  return reshape(graph, together, [n, channels * block * block, h / block, w / block]);
}

/** The part of each matrix on and above a diagonal, or on and below it. */
function triangle(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.float(0);
  const [rows = 1, columns = 1] = x.shape.slice(-2);
  const diagonal = node.has(1) ? (node.constant(1).values[0] ?? 0) : 0;
  const upper = node.number('upper', 1) === 1;
  const kept = Array.from({ length: rows * columns }, (_, position) => {
    const offset = (position % columns) - Math.floor(position / columns);
    return Number(upper ? offset >= diagonal : offset <= diagonal);
  });
  return node.typedAs(select(graph, graph.constant(kept, [rows, columns]), x, graph.constant([0])), 0);
}

/** Dropout is off: what is measured is one fixed function. Its mask keeps everything. */
function dropout(node: NodeTranslation): Value[] {
  const x = node.value(0);
  return [x, constant('bool', x.shape, () => 1)];
}

export const shapingRules: Rules = {
  Identity: (node) => node.value(0),
  Dropout: dropout,
  Cast: (node) => cast(node, elementTypeOf(node.number('to', 0))),
  CastLike: (node) => cast(node, node.value(1).type),
  Reshape: reshaped(reshapeTarget),
  Flatten: reshaped(flattenTarget),
  Squeeze: reshaped(squeezeTarget),
  Unsqueeze: reshaped(unsqueezeTarget),
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Trilu: triangle,
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
