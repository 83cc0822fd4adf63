/** Batch, layer, instance and group norm. */
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { batchNorm, type BatchNormNames } from '../../../model/batchNorm.ts';
import { add } from '../../../ops/add.ts';
import { layerNorm } from '../../../ops/layerNorm.ts';
import { multiply } from '../../../ops/multiply.ts';
import { reshape } from '../../../ops/reshape.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

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

function batchNormalisation(node: NodeTranslation): Node {
  const { graph, scope } = node;
  const epsilon = epsilonOf(node);
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

/** By inputs 1 (scale) and 2 (shift) [C], along axis 1. */
function scaleChannels(node: NodeTranslation, x: Node): Node {
  const { graph } = node;
  const perChannel = (position: number): Node =>
    reshape(graph, node.node(position), [x.shape[1] ?? 1, ...x.shape.slice(2).map(() => 1)]);
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

function groupNormalisation(node: NodeTranslation): Node {
  const x = node.node(0);
  const groups = node.number('num_groups', 1);
  const [examples = 1, channels = 1] = x.shape;
  if (channels % groups !== 0) throw node.failure('SHAPE', `${channels} channels do not form ${groups} groups`);
  if (node.scope.opset < 21)
    throw node.failure('UNSUPPORTED', 'it is read from opset 21 on, where it scales every channel');
  const grouped = reshape(node.graph, x, [examples, groups, sizeOf(x.shape) / (examples * groups)]);
  const normalised = layerNorm(node.graph, grouped, { epsilon: epsilonOf(node) });
  return scaleChannels(node, reshape(node.graph, normalised, x.shape));
}

export const normalisationRules: Rules = {
  BatchNormalization: batchNormalisation,
  LayerNormalization: layerNormalisation,
  InstanceNormalization: instanceNormalisation,
  GroupNormalization: groupNormalisation,
};
