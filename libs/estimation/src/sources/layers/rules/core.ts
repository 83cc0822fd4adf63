/** Dense layers, embeddings, shapes, and what is off while curvature is measured. */
import { add } from '../../../ops/add.ts';
import { gather } from '../../../ops/gather.ts';
import { reshape } from '../../../ops/reshape.ts';
import { transpose } from '../../../ops/transpose.ts';
import { matmul } from '../../../ops/matmul.ts';
import { asDeclared, channelsLast, type Flow } from '../Flow.ts';
import type { LayerRules, LayerTranslation } from '../LayerTranslation.ts';
import { withActivation } from './activation.ts';

function dense(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const x = matmul(graph, channelsLast(graph, layer.input), layer.weight('kernel'));
  return withActivation(layer, asDeclared(layer.flag('useBias', true) ? add(graph, x, layer.weight('bias')) : x));
}

function embedding(layer: LayerTranslation): Flow {
  if (layer.flag('maskZero', false)) throw layer.failure('maskZero is not supported');
  return asDeclared(gather(layer.graph, layer.weight('embeddings'), layer.input.node, -2));
}

/** All elements of an example in the order of channels last. */
function reshaped(layer: LayerTranslation, shape: readonly number[]): Flow {
  const x = channelsLast(layer.graph, layer.input);
  return asDeclared(reshape(layer.graph, x, [x.shape[0] ?? 1, ...shape]));
}

function permute(layer: LayerTranslation): Flow {
  const dims = layer.numbers('dims') ?? [];
  return asDeclared(transpose(layer.graph, channelsLast(layer.graph, layer.input), [0, ...dims]));
}

const unchanged = (layer: LayerTranslation): Flow => layer.input;

export const coreRules: LayerRules = {
  Dense: dense,
  Embedding: embedding,
  Flatten: (layer) => reshaped(layer, [-1]),
  Reshape: (layer) => reshaped(layer, layer.numbers('targetShape') ?? [-1]),
  Permute: permute,
  Dropout: unchanged,
  SpatialDropout1D: unchanged,
  GaussianDropout: unchanged,
  GaussianNoise: unchanged,
  AlphaDropout: unchanged,
};
