/** Maxima, means and norms over windows, and over everything. */
import type { Node } from '../../../graph/Node.ts';
import { affine } from '../../../ops/affine.ts';
import { averagePool2d } from '../../../ops/averagePool2d.ts';
import { maxPool2d } from '../../../ops/maxPool2d.ts';
import { meanOver } from '../../../ops/meanProduct.ts';
import { multiply } from '../../../ops/multiply.ts';
import { power } from '../../../ops/power.ts';
import { reshape } from '../../../ops/reshape.ts';
import { sqrt } from '../../../ops/sqrt.ts';
import { sum } from '../../../ops/sum.ts';
import { absolute } from '../../activations.ts';
import { largest } from '../../reductions.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { mapAxis } from './lastAxis.ts';
import {
  asBefore,
  asImage,
  kernelOf,
  planar,
  planarKernel,
  positionsAlong,
  roundedUp,
  spatial,
  windowOf,
  type OnnxWindow,
} from './window.ts';

function poolingWindow(node: NodeTranslation, x: Node): OnnxWindow {
  const lengths = spatial(node, x);
  const window = windowOf(node, lengths, kernelOf(node, lengths));
  return node.number('ceil_mode', 0) === 1 ? roundedUp(window, lengths) : window;
}

/** The planes first, then along the depth of volumes. */
function maxPool(node: NodeTranslation): Node {
  const { graph } = node;
  if (node.onnx.outputs.length > 1 && node.onnx.outputs[1] !== '') {
    throw node.failure('UNSUPPORTED', 'the indices of the maxima are not supported; export it without return_indices');
  }
  const x = node.node(0);
  const window = poolingWindow(node, x);
  const { stride, dilation, pads } = planar(window);
  const planes = maxPool2d(graph, asImage(node, x), planarKernel(window.kernel), { stride, dilation, padding: pads });
  if (x.shape.length < 5) return asBefore(node, planes, x);
  const [n = 1, channels = 1, depth = 1, ...plane] = planes.shape;
  const flat = reshape(graph, planes, [n, channels, depth, -1]);
  const along = maxPool2d(graph, flat, [window.kernel[0] ?? 1, 1], {
    stride: [window.stride[0] ?? 1, 1],
    dilation: [window.dilation[0] ?? 1, 1],
    padding: [window.before[0] ?? 0, 0, window.after[0] ?? 0, 0],
  });
  return reshape(graph, along, [n, channels, -1, ...plane]);
}

/** Where the taps of a window lie, for one of its positions along an axis. */
function taps({ kernel, stride, dilation, before }: OnnxWindow, axis: number, position: number): number[] {
  const first = position * (stride[axis] ?? 1) - (before[axis] ?? 0);
  return Array.from({ length: kernel[axis] ?? 1 }, (_, tap) => first + tap * (dilation[axis] ?? 1));
}

/** Weighted sums over windows, axis by axis; the weight may depend on where the window's taps lie. */
function sumWindows(
  { graph }: NodeTranslation,
  x: Node,
  window: OnnxWindow,
  weight: (taps: readonly number[], length: number, axis: number) => number,
): Node {
  return x.shape.slice(2).reduce((sofar, length, axis) => {
    const positions = positionsAlong(window, axis, length);
    const weights = Array.from({ length: positions }, (_, position) => {
      const reached = taps(window, axis, position);
      const inside = new Set(reached.filter((tap) => tap >= 0 && tap < length));
      return { inside, weight: weight(reached, length, axis) };
    });
    return mapAxis(graph, sofar, axis + 2, positions, (to, from) =>
      weights[to]?.inside.has(from) === true ? weights[to].weight : 0,
    );
  }, x);
}

/** Images by the op for them; where windows are cut off or their taps lie apart, and volumes, axis by axis. */
function averagePool(node: NodeTranslation): Node {
  const x = node.node(0);
  const lengths = spatial(node, x);
  const window = poolingWindow(node, x);
  const countPadding = node.number('count_include_pad', 0) === 1;
  const given = windowOf(node, lengths, kernelOf(node, lengths));
  const plain = `${window.after}` === `${given.after}` && window.dilation.every((apart) => apart === 1);
  if (plain && x.shape.length < 5) {
    const { stride, pads } = planar(window);
    const options = { stride, padding: pads, countPadding };
    return asBefore(node, averagePool2d(node.graph, asImage(node, x), planarKernel(window.kernel), options), x);
  }
  // The padding that counts is the file's own, not what ceil_mode adds.
  return sumWindows(node, x, window, (reached, length, axis) => {
    const [low, high] = countPadding ? [-(given.before[axis] ?? 0), length + (given.after[axis] ?? 0)] : [0, length];
    return 1 / reached.filter((tap) => tap >= low && tap < high).length;
  });
}

/** (Σ|x|ᵖ)^(1/p) by a sum of given elements. */
function norm(node: NodeTranslation, x: Node, add: (x: Node) => Node): Node {
  const { graph } = node;
  const order = node.number('p', 2);
  if (order === 1) return add(absolute(graph, x));
  if (order === 2) return sqrt(graph, add(multiply(graph, x, x)));
  const powers = add(power(graph, absolute(graph, x), graph.constant([order])));
  return power(graph, powers, graph.constant([1 / order]));
}

function lpPool(node: NodeTranslation): Node {
  const x = node.node(0);
  const window = poolingWindow(node, x);
  return norm(node, x, (powers) => sumWindows(node, powers, window, () => 1));
}

/** Over all spatial axes, which are kept with length 1. */
function overSpace(combine: (node: NodeTranslation, x: Node, axes: readonly number[]) => Node): Rule {
  return (node) => {
    const x = node.node(0);
    return combine(
      node,
      x,
      x.shape.slice(2).map((_, axis) => axis + 2 - x.shape.length),
    );
  };
}

/** x / (bias + α/size · Σ x²)^β with the sum over neighbouring channels (Krizhevsky, Sutskever and Hinton 2012). */
function localResponse(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const size = node.number('size', 1);
  const [behind, ahead] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  const near = mapAxis(graph, multiply(graph, x, x), 1, x.shape[1] ?? 1, (to, from) =>
    Number(from >= to - behind && from <= to + ahead),
  );
  const base = affine(graph, near, { factor: node.number('alpha', 1e-4) / size, offset: node.number('bias', 1) });
  return multiply(graph, x, power(graph, base, graph.constant([-node.number('beta', 0.75)])));
}

export const poolingRules: Rules = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  LpPool: lpPool,
  GlobalAveragePool: overSpace(({ graph }, x, axes) => meanOver(graph, x, axes)),
  GlobalMaxPool: overSpace(({ graph }, x, axes) => largest(graph, x, axes)),
  GlobalLpPool: overSpace((node, x, axes) => norm(node, x, (powers) => sum(node.graph, powers, axes))),
  LRN: localResponse,
};
