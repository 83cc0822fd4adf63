/** Images read at places that are computed: GridSample, AffineGrid; and patches laid back onto an image: Col2Im. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { affine, scale } from '../../../ops/affine.ts';
import { compare } from '../../../ops/compare.ts';
import { conv2dInputGradient } from '../../../ops/conv2dInputGradient.ts';
import { floor } from '../../../ops/floor.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { pad } from '../../../ops/pad.ts';
import { relu } from '../../../ops/relu.ts';
import { reshape } from '../../../ops/reshape.ts';
import { round } from '../../../ops/round.ts';
import { select } from '../../../ops/select.ts';
import { slice } from '../../../ops/slice.ts';
import { subtract } from '../../../ops/subtract.ts';
import { sum } from '../../../ops/sum.ts';
import { transpose } from '../../../ops/transpose.ts';
import { absolute, clip } from '../../activations.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { planar, windowOf } from './window.ts';

/** −1 … 1 as positions of elements: −1 and 1 are the middles of the outermost ones, or their outer edges. */
function positions(node: NodeTranslation, grid: Node, length: number): Node {
  const aligned = node.number('align_corners', 0) === 1;
  const [factor, offset] = aligned ? [(length - 1) / 2, (length - 1) / 2] : [length / 2, (length - 1) / 2];
  return affine(node.graph, grid, { factor, offset });
}

/** Positions outside brought inside, as the attribute padding_mode says; with zeros they stay. */
function inside(node: NodeTranslation, x: Node, length: number): Node {
  const { graph } = node;
  const mode = node.text('padding_mode', 'zeros');
  switch (mode) {
    case 'zeros':
      return x;
    case 'border':
      return clip(graph, x, 0, length - 1);
    case 'reflection': {
      const aligned = node.number('align_corners', 0) === 1;
      const [low, span] = aligned ? [0, length - 1] : [-0.5, length];
      if (span === 0) return scale(graph, x, 0);
      // A triangular wave: there and back again.
      const from = affine(graph, x, { factor: 1, offset: -low });
      const turns = floor(graph, scale(graph, from, 1 / (2 * span)));
      const within = subtract(graph, from, scale(graph, turns, 2 * span));
      const back = absolute(graph, affine(graph, within, { factor: 1, offset: -span }));
      return clip(graph, affine(graph, back, { factor: -1, offset: span + low }), 0, length - 1);
    }
    default:
      throw node.failure('UNSUPPORTED', `padding_mode "${mode}" is not supported`);
  }
}

/** Keys' cubic kernel with a = −0.75 of distances ≥ 0. */
function cubicKernel(graph: GraphBuilder, d: Node): Node {
  const polynomial = (...coefficients: readonly number[]): Node =>
    coefficients.reduce<Node>(
      (sofar, coefficient) => affine(graph, multiply(graph, sofar, d), { factor: 1, offset: coefficient }),
      scale(graph, d, 0),
    );
  const a = -0.75;
  const near = polynomial(a + 2, -(a + 3), 0, 1);
  const far = polynomial(a, -5 * a, 8 * a, -4 * a);
  const below = (bound: number): Node => compare(graph, d, 'less', graph.constant([bound]));
  return select(graph, below(1), near, select(graph, below(2), far, graph.constant([0])));
}

/** How much every element of an axis counts at each of the places [N, P]: [N, P, length]. */
function weightsAt(node: NodeTranslation, grid: Node, length: number): Node {
  const { graph } = node;
  const x = inside(node, positions(node, grid, length), length);
  const elements = graph.constant([...Array(length).keys()], [length]);
  const at = (place: Node): Node => reshape(graph, place, [...grid.shape, 1]);
  const mode = node.text('mode', 'linear');
  switch (mode) {
    case 'nearest':
      return compare(graph, at(round(graph, x)), 'equal', elements);
    case 'linear':
    case 'bilinear':
      return relu(graph, affine(graph, absolute(graph, subtract(graph, at(x), elements)), { factor: -1, offset: 1 }));
    case 'cubic':
    case 'bicubic':
      if (node.text('padding_mode', 'zeros') !== 'zeros') {
        throw node.failure('UNSUPPORTED', 'mode "cubic" is supported with padding_mode "zeros" only');
      }
      return cubicKernel(graph, absolute(graph, subtract(graph, at(x), elements)));
    default:
      throw node.failure('UNSUPPORTED', `mode "${mode}" is not supported`);
  }
}

/** x [N, C, ...lengths] at the grid [N, ...places, r]: interpolation along one axis after the other. */
function gridSample(node: NodeTranslation): Node {
  const { graph } = node;
  const [x, grid] = [node.node(0), node.node(1)];
  const [n = 1, channels = 1, ...lengths] = x.shape;
  const places = grid.shape.slice(1, -1);
  const count = sizeOf(places);
  // The grid names the last axis first.
  const along = lengths.map((length, axis) => {
    const coordinate = lengths.length - 1 - axis;
    const values = reshape(graph, slice(graph, grid, -1, coordinate, coordinate + 1), [n, count]);
    return weightsAt(node, values, length);
  });
  const [last, ...others] = along.toReversed();
  if (!last) throw node.failure('SHAPE', 'it has no spatial axes');
  const rows = reshape(graph, x, [n, -1, lengths.at(-1) ?? 1]);
  let sofar = matmul(graph, rows, last, { transposeB: true });
  others.forEach((weights, position) => {
    const length = lengths.at(-2 - position) ?? 1;
    const apart = reshape(graph, sofar, [n, -1, length, count]);
    const turned = transpose(graph, weights, [0, 2, 1]);
    const weighted = multiply(graph, apart, reshape(graph, turned, [n, 1, length, count]));
    sofar = reshape(graph, sum(graph, weighted, [-2]), [n, -1, count]);
  });
  return reshape(graph, sofar, [n, channels, ...places]);
}

/** Places of the elements of an image under affine maps θ [N, r, r + 1], as GridSample takes them. */
function affineGrid(node: NodeTranslation): Node {
  const { graph } = node;
  const theta = node.node(0);
  const [, , ...lengths] = [...node.constant(1).values];
  const n = theta.shape[0] ?? 1;
  const aligned = node.number('align_corners', 0) === 1;
  const along = (length: number, i: number): number =>
    aligned ? (length === 1 ? 0 : -1 + (2 * i) / (length - 1)) : (2 * i + 1) / length - 1;
  const strides = lengths.map((_, axis) => sizeOf(lengths.slice(axis + 1)));
  const rank = lengths.length;
  const base = Array.from({ length: sizeOf(lengths) }, (_, place) => {
    const coordinates = lengths.map((length, axis) => along(length, Math.floor(place / (strides[axis] ?? 1)) % length));
    return [...coordinates.toReversed(), 1];
  });
  const points = graph.constant(base.flat(), [base.length, rank + 1]);
  return reshape(graph, matmul(graph, points, theta, { transposeB: true }), [n, ...lengths, rank]);
}

/** Patches [N, C · rows · columns, L] added up where they overlap: the reverse of cutting an image into patches. */
function columnsToImage(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const size = [...node.constant(1).values];
  const kernel = [...node.constant(2).values];
  if (size.length !== 2) throw node.failure('UNSUPPORTED', `expected an image of 2 axes, got ${size.length}`);
  const taps = sizeOf(kernel);
  const [n = 1, depth = 1] = x.shape;
  const channels = depth / taps;
  const window = windowOf(node, size, kernel);
  const geometry = planar(window, channels);
  const out = size.map((length, axis) => {
    const reach = ((kernel[axis] ?? 1) - 1) * (window.dilation[axis] ?? 1) + 1;
    const room = length + (window.before[axis] ?? 0) + (window.after[axis] ?? 0) - reach;
    return Math.floor(room / (window.stride[axis] ?? 1)) + 1;
  });
  const identity = Array.from({ length: depth * taps }, (_, i) => Number(Math.floor(i / taps) % taps === i % taps));
  const w = graph.constant(identity, [depth, 1, kernel[0] ?? 1, kernel[1] ?? 1]);
  const images = reshape(graph, x, [n, depth, ...out]);
  return conv2dInputGradient(graph, images, w, [size[0] ?? 1, size[1] ?? 1], geometry);
}

/** The middle of an axis cut out, or zeros around it; of an odd difference the larger part is at the end. */
function centerCropPad(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const rank = x.shape.length;
  const axes = (node.integers('axes') ?? x.shape.map((_, axis) => axis)).map((axis) => node.axis(axis, rank));
  const wanted = [...node.constant(1).values];
  const before = x.shape.map((length, axis) => {
    const difference = (wanted[axes.indexOf(axis)] ?? length) - length;
    return difference >= 0 ? Math.floor(difference / 2) : -Math.floor(-difference / 2);
  });
  const after = x.shape.map((length, axis) => (wanted[axes.indexOf(axis)] ?? length) - length - (before[axis] ?? 0));
  const first = before.findIndex((width, axis) => width !== 0 || after[axis] !== 0);
  return first < 0 ? x : pad(graph, x, { before: before.slice(first), after: after.slice(first) });
}

export const samplingRules: Rules = {
  GridSample: gridSample,
  AffineGrid: affineGrid,
  Col2Im: columnsToImage,
  CenterCropPad: centerCropPad,
};
