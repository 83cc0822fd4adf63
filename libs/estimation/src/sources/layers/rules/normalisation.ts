/** Batch and layer norm. */
import { batchNorm } from '../../../model/batchNorm.ts';
import { layerNorm } from '../../../ops/layerNorm.ts';
import { asChannelsFirst, asDeclared, channelsFirst, channelsLast, type Flow } from '../Flow.ts';
import type { LayerRules, LayerTranslation } from '../LayerTranslation.ts';
import { weightName } from '../weights.ts';

const defaultEpsilon = 1e-3;

function batchNormalization(layer: LayerTranslation): Flow {
  const { graph, state } = layer;
  const x = channelsFirst(graph, layer.input);
  const axis = layer.number('axis', -1);
  if (axis !== -1 && axis !== x.shape.length - 1) throw layer.failure(`axis ${axis} is not that of the channels`);
  if (!layer.layer.trainable) throw layer.failure('frozen batch norm is not supported; set trainable = true');
  const named = (weight: string): string => weightName(layer.layer, weight);
  const names = {
    mean: named('moving_mean'),
    variance: named('moving_variance'),
    ...(layer.flag('scale', true) && { scale: named('gamma') }),
    ...(layer.flag('center', true) && { shift: named('beta') }),
  };
  return asChannelsFirst(batchNorm(graph, x, state, names, { epsilon: layer.number('epsilon', defaultEpsilon) }));
}

function layerNormalization(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const x = channelsLast(graph, layer.input);
  const axes = (layer.numbers('axis') ?? [-1])
    .map((axis) => (axis < 0 ? axis : axis - x.shape.length))
    .sort((a, b) => a - b);
  if (axes.some((axis, position) => axis !== position - axes.length))
    throw layer.failure('it must be over the last axes');
  const scale = layer.flag('scale', true) && { scale: layer.weight('gamma') };
  const shift = layer.flag('center', true) && { shift: layer.weight('beta') };
  const epsilon = layer.number('epsilon', defaultEpsilon);
  return asDeclared(layerNorm(graph, x, { ...scale, ...shift, rank: axes.length, epsilon }));
}

export const normalisationRules: LayerRules = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
};
