/** Values put into others at given positions. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { oneHot } from '../../../ops/oneHot.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { scatterAdd } from '../../../ops/scatterAdd.ts';
import { select } from '../../../ops/select.ts';
import { heaviside } from '../../../ops/heaviside.ts';
import { sum } from '../../../ops/sum.ts';
import { larger, smaller } from '../../mathematics.ts';
import { flatIndices, normalisedIndices } from '../indices.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { fromLast, toLast } from './lastAxis.ts';

type Reduction = 'none' | 'add' | 'mul' | 'max' | 'min';
const reductions: readonly Reduction[] = ['none', 'add', 'mul', 'max', 'min'];

function reductionOf(node: NodeTranslation): Reduction {
  const given = node.text('reduction', 'none');
  const known = reductions.find((reduction) => reduction === given);
  if (!known) throw node.failure('UNSUPPORTED', `expected a reduction of ${reductions.join(', ')}, got "${given}"`);
  return known;
}

/** What is put (0 elsewhere) combined with what was there; `hit` is 1 where something is put. */
function combined(graph: GraphBuilder, reduction: Reduction, data: Node, put: Node, hit: Node): Node {
  switch (reduction) {
    case 'none':
      return select(graph, hit, put, data);
    case 'add':
      return add(graph, data, put);
    case 'mul':
      return select(graph, hit, multiply(graph, data, put), data);
    case 'max':
      return select(graph, hit, larger(graph, data, put), data);
    case 'min':
      return select(graph, hit, smaller(graph, data, put), data);
    default:
      return reduction satisfies never;
  }
}

/** 1 for the last of each index, which wins where several name one place. */
function lastOfEach(known: readonly number[]): number[] {
  return known.map((place, position) => Number(known.lastIndexOf(place) === position));
}

/** Refuses what would need an order among several values for one place. */
function checkUnique(node: NodeTranslation, reduction: Reduction, known: readonly number[] | null): void {
  if (reduction === 'none' || reduction === 'add') return;
  if (known && new Set(known).size === known.length) return;
  throw node.failure(
    'UNSUPPORTED',
    `reduction "${reduction}" is supported for fixed indices that differ from each other`,
  );
}

function scatterNd(node: NodeTranslation): Node {
  const { graph } = node;
  const data = node.float(0);
  const reduction = reductionOf(node);
  const { flat, known, rest, places } = flatIndices(node, data.shape);
  checkUnique(node, reduction, known);
  const inner = sizeOf(rest);
  const updates = reshape(graph, node.float(2), [-1, inner]);
  const count = updates.shape[0] ?? 1;
  const repeated = known && reduction === 'none' && new Set(known).size < known.length;
  const effective = repeated ? multiply(graph, updates, graph.constant(lastOfEach(known), [count, 1])) : updates;
  const put = scatterAdd(graph, effective, flat, -2, places);
  const ones = broadcastTo(graph, graph.constant([1]), [count, 1]);
  const hit = known
    ? graph.constant(hits(known, places), [places, 1])
    : heaviside(graph, scatterAdd(graph, ones, flat, -2, places));
  const rows = reshape(graph, data, [places, inner]);
  return node.typedAs(reshape(graph, combined(graph, reduction, rows, put, hit), data.shape), 0);
}

function hits(known: readonly number[], places: number): number[] {
  const named = new Set(known);
  return Array.from({ length: places }, (_, place) => Number(named.has(place)));
}

/** Along one axis; where the indices are shorter than the data along another axis, only its beginning is reached. */
function scatterElements(node: NodeTranslation): Node {
  const { graph } = node;
  const data = node.float(0);
  const reduction = reductionOf(node);
  checkUnique(node, reduction, null);
  const axis = node.axis(node.number('axis', 0), data.shape.length);
  const length = data.shape[axis] ?? 1;
  const chosen = oneHot(graph, toLast(graph, normalisedIndices(node, 1, length), axis), length);
  const updates = toLast(graph, node.float(2), axis);
  const row = reshape(graph, updates, [...updates.shape.slice(0, -1), 1, updates.shape.at(-1) ?? 1]);
  const full = (values: Node): Node => {
    const missing = data.shape.map((size, other) => (other === axis ? 0 : size - (values.shape[other] ?? 1)));
    return pad(graph, values, { before: missing.map(() => 0), after: missing });
  };
  const flattened = reshape(graph, matmul(graph, row, chosen), [...updates.shape.slice(0, -1), length]);
  const counts = reshape(graph, sum(graph, chosen, [-2]), flattened.shape);
  const hit = heaviside(graph, full(fromLast(graph, counts, axis)));
  return node.typedAs(combined(graph, reduction, data, full(fromLast(graph, flattened, axis)), hit), 0);
}

/** Writes into a cache from a position on, along one axis. */
function tensorScatter(node: NodeTranslation): Node {
  const { graph } = node;
  const [data, updates] = [node.float(0), node.float(1)];
  const axis = node.axis(node.number('axis', -2), data.shape.length);
  const [length, count] = [data.shape[axis] ?? 1, updates.shape[axis] ?? 1];
  const starts = node.has(2) ? [...node.constant(2).values] : [0];
  const [start = 0] = starts;
  if (starts.some((other) => other !== start)) {
    throw node.failure('UNSUPPORTED', 'write indices that differ between examples are not supported');
  }
  if (start + count > length) throw node.failure('UNSUPPORTED', 'a circular write that wraps around is not supported');
  const others = data.shape.slice(axis + 1).map(() => 0);
  const put = pad(graph, updates, { before: [start, ...others], after: [length - start - count, ...others] });
  const inside = Array.from({ length }, (_, position) => Number(position >= start && position < start + count));
  const hit = graph.constant(inside, [length, ...others.map(() => 1)]);
  return select(graph, hit, put, data);
}

export const scatteringRules: Rules = {
  Scatter: scatterElements,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  TensorScatter: tensorScatter,
};
