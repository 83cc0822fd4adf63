/** Batch norm as a layer of a model: (x − mean) / √(variance + ε) · scale + shift per channel (Ioffe and Szegedy, ICML 2015). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { affine } from '../ops/affine.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { multiply } from '../ops/multiply.ts';
import { normalise } from '../ops/normalise.ts';
import { reshape } from '../ops/reshape.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { moments } from '../ops/standardised.ts';
import { subtract } from '../ops/subtract.ts';
import type { ModelState } from './ModelState.ts';

export interface BatchNormNames {
  /** Parameters [C]; left out: 1 and 0. */
  readonly scale?: string;
  readonly shift?: string;
  /** Buffers [C]. */
  readonly mean: string;
  readonly variance: string;
}

/** Of x [N, C, ...] over all axes but the second, in the mode that the state says. */
export function batchNorm(
  graph: GraphBuilder,
  x: Node,
  state: ModelState,
  names: BatchNormNames,
  { epsilon = 1e-5 }: { readonly epsilon?: number } = {},
): Node {
  const [, channels = 1] = x.shape;
  const ones = x.shape.map(() => 1);
  const perChannel = (node: Node): Node => reshape(graph, node, ones.toSpliced(1, 1, channels));
  const constant = (value: number): Node => broadcastTo(graph, graph.constant([value]), ones.toSpliced(1, 1, channels));
  const scale = names.scale ? perChannel(state.parameter(names.scale)) : constant(1);
  const shift = names.shift ? perChannel(state.parameter(names.shift)) : constant(0);
  const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis - x.shape.length]));
  const { mean, variance } = moments(graph, x, axes);
  state.observe(names, { mean: reshape(graph, mean, [channels]), variance: reshape(graph, variance, [channels]) });
  if (state.batchStatistics) return normalise(graph, x, scale, shift, { axes, epsilon });
  const buffer = (name: string): Node => perChannel(state.buffer(name));
  const rate = rsqrt(graph, affine(graph, buffer(names.variance), { factor: 1, offset: epsilon }));
  const factor = multiply(graph, scale, rate);
  const offset = subtract(graph, shift, multiply(graph, factor, buffer(names.mean)));
  return affineByChannel(graph, x, factor, offset);
}

/**
 * factor ⊙ x + offset, both [1, C, 1, …]. The factor of a convolution's outputs goes into its kernels, which are few numbers: what
 * would be passes over all activations, their tangents and cotangents is spared.
 */
function affineByChannel(graph: GraphBuilder, x: Node, factor: Node, offset: Node): Node {
  const [first, bias] = x.op === 'add' ? x.operands : [x];
  const [, channels = 1] = x.shape;
  const isConvolution = first?.op === 'conv2d' && (!bias || sizeOf(bias.shape) === channels);
  const [image, kernels] = first?.operands ?? [];
  if (!isConvolution || !image || !kernels) return add(graph, multiply(graph, x, factor), offset);
  const scaled = multiply(graph, kernels, reshape(graph, factor, [channels, 1, 1, 1]));
  const moved = bias ? add(graph, multiply(graph, reshape(graph, bias, factor.shape), factor), offset) : offset;
  return add(graph, graph.apply('conv2d', [image, scaled], first.attributes), moved);
}
