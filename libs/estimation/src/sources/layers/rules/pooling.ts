/** Maxima and means over windows, images with edges added or cut off. */
import { averagePool2d } from '../../../ops/averagePool2d.ts';
import { maxPool2d } from '../../../ops/maxPool2d.ts';
import { meanOver } from '../../../ops/meanProduct.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { asChannelsFirst, asDeclared, channelsFirst, type Flow } from '../Flow.ts';
import type { LayerRule, LayerRules, LayerTranslation } from '../LayerTranslation.ts';
import { windowOf } from './convolution.ts';

function pooling(kind: 'max' | 'mean'): LayerRule {
  return (layer) => {
    const { graph } = layer;
    const size = layer.pair('poolSize', 2);
    const { padding = 'valid' } = windowOf(layer);
    const options = { padding, stride: layer.numbers('strides') ? layer.pair('strides', 1) : size };
    const image = channelsFirst(graph, layer.input);
    return asChannelsFirst(
      kind === 'max'
        ? maxPool2d(graph, image, size, options)
        : averagePool2d(graph, image, size, { ...options, countPadding: false }),
    );
  };
}

/** [N, positions…, C] → [N, C]. */
function globalMean(layer: LayerTranslation): Flow {
  windowOf(layer);
  const x = channelsFirst(layer.graph, layer.input);
  const axes = x.shape.slice(2).map((_, axis) => axis + 2 - x.shape.length);
  return asDeclared(reshape(layer.graph, meanOver(layer.graph, x, axes), x.shape.slice(0, 2)));
}

function globalMaximum(layer: LayerTranslation): Flow {
  windowOf(layer);
  const x = channelsFirst(layer.graph, layer.input);
  const [, , rows = 1, columns = 1] = x.shape;
  return asDeclared(reshape(layer.graph, maxPool2d(layer.graph, x, [rows, columns]), x.shape.slice(0, 2)));
}

/** [[top, bottom], [left, right]] of the settings. */
function edges(layer: LayerTranslation, name: string): { before: [number, number]; after: [number, number] } {
  const value = layer.setting(name);
  const sides = Array.isArray(value) ? (value as unknown[]) : [];
  const [rows, columns] = sides.map((side) => (Array.isArray(side) ? side : [side, side]).map(Number));
  const [top = 0, bottom = 0] = rows ?? [];
  const [left = 0, right = 0] = columns ?? [];
  return { before: [top, left], after: [bottom, right] };
}

export const poolingRules: LayerRules = {
  MaxPooling2D: pooling('max'),
  AveragePooling2D: pooling('mean'),
  GlobalAveragePooling1D: globalMean,
  GlobalAveragePooling2D: globalMean,
  GlobalMaxPooling2D: globalMaximum,
  ZeroPadding2D: (layer) => {
    windowOf(layer);
    return asChannelsFirst(pad(layer.graph, channelsFirst(layer.graph, layer.input), edges(layer, 'padding')));
  },
  Cropping2D: (layer) => {
    windowOf(layer);
    const { before, after } = edges(layer, 'cropping');
    const negative = (widths: readonly number[]): number[] => widths.map((width) => 0 - width);
    const image = channelsFirst(layer.graph, layer.input);
    return asChannelsFirst(pad(layer.graph, image, { before: negative(before), after: negative(after) }));
  },
};
