/** Batch norm as a layer of a model: (x − mean) / √(variance + ε) · scale + shift per channel (Ioffe and Szegedy, ICML 2015). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { affine, scale } from '../ops/affine.ts';
import { multiply } from '../ops/multiply.ts';
import { reshape } from '../ops/reshape.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { subtract } from '../ops/subtract.ts';
import { sum } from '../ops/sum.ts';
import type { ModelState, Statistics } from './ModelState.ts';

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
  const perChannel = (node: Node): Node => reshape(graph, node, [channels, ...x.shape.slice(2).map(() => 1)]);
  const ofBatch = batchStatistics(graph, x);
  state.observe(names, {
    mean: reshape(graph, ofBatch.mean, [channels]),
    variance: reshape(graph, ofBatch.variance, [channels]),
  });
  const { mean, variance } = state.batchStatistics
    ? ofBatch
    : { mean: perChannel(state.buffer(names.mean)), variance: perChannel(state.buffer(names.variance)) };
  const centred = subtract(graph, x, mean);
  const normalised = multiply(graph, centred, rsqrt(graph, affine(graph, variance, { factor: 1, offset: epsilon })));
  const scaled = names.scale ? multiply(graph, normalised, perChannel(state.parameter(names.scale))) : normalised;
  return names.shift ? add(graph, scaled, perChannel(state.parameter(names.shift))) : scaled;
}

/** Mean and variance [1, C, 1, …] over all axes but the second. */
function batchStatistics(graph: GraphBuilder, x: Node): Statistics<Node> {
  const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis - x.shape.length]));
  const share = (x.shape[1] ?? 1) / sizeOf(x.shape);
  const mean = scale(graph, sum(graph, x, axes), share);
  const centred = subtract(graph, x, mean);
  return { mean, variance: scale(graph, sum(graph, multiply(graph, centred, centred), axes), share) };
}
