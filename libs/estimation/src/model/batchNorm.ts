/** Batch norm as a layer of a model: (x − mean) / √(variance + ε) · scale + shift per channel (Ioffe and Szegedy, ICML 2015). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { affine } from '../ops/affine.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { scaledConvolution } from '../ops/conv2d.ts';
import { multiply } from '../ops/multiply.ts';
import { normalise } from '../ops/normalise.ts';
import { reshape } from '../ops/reshape.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { meanAndVariance } from '../ops/standardised.ts';
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
  const { mean, variance } = meanAndVariance(graph, x, axes);
  state.observe(names, { mean: reshape(graph, mean, [channels]), variance: reshape(graph, variance, [channels]) });
  if (state.batchStatistics) return normalise(graph, x, scale, shift, { axes, epsilon });
  const buffer = (name: string): Node => perChannel(state.buffer(name));
  const flat = (node: Node): Node => reshape(graph, node, [channels]);
  const rate = rsqrt(graph, affine(graph, buffer(names.variance), { factor: 1, offset: epsilon }));
  const factor = multiply(graph, scale, rate);
  const offset = subtract(graph, shift, multiply(graph, factor, buffer(names.mean)));
  const folded = scaledConvolution(graph, x, flat(factor), flat(offset));
  return folded ?? add(graph, multiply(graph, x, factor), offset);
}
