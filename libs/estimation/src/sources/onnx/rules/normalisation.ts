/** Batch, layer, instance, group and root-mean-square norm, and vectors of unit length. */
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { batchNorm, type BatchNormNames } from '../../../model/batchNorm.ts';
import { add } from '../../../ops/add.ts';
import { affine } from '../../../ops/affine.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { heaviside } from '../../../ops/heaviside.ts';
import { layerNorm } from '../../../ops/layerNorm.ts';
import { meanOver } from '../../../ops/meanProduct.ts';
import { multiply } from '../../../ops/multiply.ts';
import { divide } from '../../../ops/reciprocal.ts';
import { reshape } from '../../../ops/reshape.ts';
import { rsqrt } from '../../../ops/rsqrt.ts';
import { select } from '../../../ops/select.ts';
import { sqrt } from '../../../ops/sqrt.ts';
import { subtract } from '../../../ops/subtract.ts';
import { sum } from '../../../ops/sum.ts';
import { absolute } from '../../activations.ts';
import { euclideanNorm } from '../../reductions.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { isNode } from '../Value.ts';

const defaultEpsilon = 1e-5;

/** The name by which the model declares an input of batch norm, perhaps passed on through nodes that change nothing; or null. */
function declaredName(node: NodeTranslation, position: number, role: 'parameter' | 'buffer'): string | null {
  const { state, roles } = node.scope;
  const value = node.value(position);
  for (const [name, known] of roles) if (known === role && state[role](name) === value) return name;
  return null;
}

function declaredBuffer(node: NodeTranslation, position: number): string {
  const name = declaredName(node, position, 'buffer');
  if (name !== null) return name;
  const input = `its input ${position} ("${node.onnx.inputs[position]}")`;
  throw node.failure('UNSUPPORTED', `${input} must be a running statistic stored in the file`);
}

/** By statistics that the graph computes from the batch, as norms that track none do. */
function byComputedStatistics(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const perChannel = (position: number): Node =>
    reshape(graph, node.node(position), [x.shape[1] ?? 1, ...x.shape.slice(2).map(() => 1)]);
  const rate = rsqrt(graph, affine(graph, perChannel(4), { factor: 1, offset: epsilonOf(node) }));
  return scaleChannels(node, multiply(graph, subtract(graph, x, perChannel(3)), rate));
}

function batchNormalisation(node: NodeTranslation): Node {
  const { graph, scope } = node;
  const epsilon = epsilonOf(node);
  const isComputed = isNode(node.value(3)) && declaredName(node, 3, 'buffer') === null;
  if (isComputed && declaredName(node, 3, 'parameter') === null) return byComputedStatistics(node);
  const statistics = { mean: declaredBuffer(node, 3), variance: declaredBuffer(node, 4) };
  const scale = declaredName(node, 1, 'parameter');
  const shift = declaredName(node, 2, 'parameter');
  if (scale !== null && shift !== null) {
    const names: BatchNormNames = { ...statistics, scale, shift };
    return batchNorm(graph, node.node(0), scope.state, names, { epsilon });
  }
  const normalised = batchNorm(graph, node.node(0), scope.state, statistics, { epsilon });
  return scaleChannels(node, normalised);
}

/** By inputs 1 (scale) and 2 (shift) [C], along axis 1; or by as many as there are groups of channels. */
function scaleChannels(node: NodeTranslation, x: Node): Node {
  const { graph } = node;
  const channels = x.shape[1] ?? 1;
  const perChannel = (position: number): Node => {
    const values = node.node(position);
    const groups = sizeOf(values.shape);
    const repeated = broadcastTo(graph, reshape(graph, values, [groups, 1]), [groups, channels / groups]);
    return reshape(graph, repeated, [channels, ...x.shape.slice(2).map(() => 1)]);
  };
  return add(graph, multiply(graph, x, perChannel(1)), perChannel(2));
}

function epsilonOf(node: NodeTranslation): number {
  return node.number('epsilon', defaultEpsilon);
}

function layerNormalisation(node: NodeTranslation): Node {
  const x = node.node(0);
  const rank = x.shape.length - node.axis(node.number('axis', -1), x.shape.length);
  const shift = node.has(2) && { shift: node.node(2) };
  return layerNorm(node.graph, x, { scale: node.node(1), ...shift, rank, epsilon: epsilonOf(node) });
}

/** Every channel over its own positions. */
function instanceNormalisation(node: NodeTranslation): Node {
  const x = node.node(0);
  const normalised = layerNorm(node.graph, x, { rank: x.shape.length - 2, epsilon: epsilonOf(node) });
  return scaleChannels(node, normalised);
}

/** x / √(mean of squares + ε) · scale, over the last axes (Zhang and Sennrich 2019). */
function rootMeanSquareNormalisation(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const axes = axesFrom(node, x);
  const squares = meanOver(graph, multiply(graph, x, x), axes);
  const root = rsqrt(graph, affine(graph, squares, { factor: 1, offset: epsilonOf(node) }));
  return multiply(graph, multiply(graph, x, root), node.node(1));
}

/** The axis of the node and those behind it, counted from the end. */
function axesFrom(node: NodeTranslation, x: Node): number[] {
  const first = node.axis(node.number('axis', -1), x.shape.length);
  return x.shape.flatMap((_, axis) => (axis < first ? [] : [axis - x.shape.length]));
}

/** x / ‖x‖ₚ along an axis; 0 where the norm is. */
function normalisation(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const axes = [node.axis(node.number('axis', -1), x.shape.length) - x.shape.length];
  const norm = node.number('p', 2) === 1 ? sum(graph, absolute(graph, x), axes) : euclideanNorm(graph, x, axes);
  return divide(graph, x, select(graph, heaviside(graph, norm), norm, graph.constant([1])));
}

/** (x − mean) / (√variance + 1e-9) over some axes, for each example separately. */
function meanVarianceNormalisation(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const rank = x.shape.length;
  const axes = (node.integers('axes') ?? [0, 2, 3]).map((axis) => node.axis(axis, rank));
  if (axes.includes(0)) {
    throw node.failure('UNSUPPORTED', 'axis 0 holds the examples; export a BatchNormalization to normalise over them');
  }
  const over = axes.map((axis) => axis - rank);
  const centred = subtract(graph, x, meanOver(graph, x, over));
  const deviation = sqrt(graph, meanOver(graph, multiply(graph, centred, centred), over));
  return divide(graph, centred, affine(graph, deviation, { factor: 1, offset: 1e-9 }));
}

function groupNormalisation(node: NodeTranslation): Node {
  const x = node.node(0);
  const groups = node.number('num_groups', 1);
  const [examples = 1, channels = 1] = x.shape;
  if (channels % groups !== 0) throw node.failure('SHAPE', `${channels} channels do not form ${groups} groups`);
  const grouped = reshape(node.graph, x, [examples, groups, sizeOf(x.shape) / (examples * groups)]);
  const normalised = layerNorm(node.graph, grouped, { epsilon: epsilonOf(node) });
  return scaleChannels(node, reshape(node.graph, normalised, x.shape));
}

export const normalisationRules: Rules = {
  BatchNormalization: batchNormalisation,
  LayerNormalization: layerNormalisation,
  InstanceNormalization: instanceNormalisation,
  GroupNormalization: groupNormalisation,
  RMSNormalization: rootMeanSquareNormalisation,
  LpNormalization: normalisation,
  MeanVarianceNormalization: meanVarianceNormalisation,
};
