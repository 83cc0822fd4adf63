/** Convolutions. Keras keeps kernels as [rows, columns, inputs, outputs]. */
import type { Node } from '../../../graph/Node.ts';
import { conv2d, type Conv2dOptions } from '../../../ops/conv2d.ts';
import { reshape } from '../../../ops/reshape.ts';
import { transpose } from '../../../ops/transpose.ts';
import { asChannelsFirst, channelsFirst, type Flow } from '../Flow.ts';
import type { LayerRules, LayerTranslation } from '../LayerTranslation.ts';
import { withActivation } from './activation.ts';

/** Throws an EstimationError (UNSUPPORTED) for images with channels first, and for the padding `causal`. */
export function windowOf(layer: LayerTranslation): Pick<Conv2dOptions, 'stride' | 'padding'> {
  const dataFormat = layer.text('dataFormat', 'channelsLast');
  if (dataFormat !== 'channelsLast') throw layer.failure(`expected dataFormat channelsLast, got "${dataFormat}"`);
  const padding = layer.text('padding', 'valid');
  if (padding !== 'same' && padding !== 'valid')
    throw layer.failure(`expected padding same or valid, got "${padding}"`);
  return { stride: layer.pair('strides', 1), padding };
}

function biasOf(layer: LayerTranslation): Pick<Conv2dOptions, 'bias'> {
  return layer.flag('useBias', true) ? { bias: layer.weight('bias') } : {};
}

/** [rows, columns, inputs, outputs] → [outputs, inputs, rows, columns]. */
function ordinaryKernel(layer: LayerTranslation, kernel: Node): Node {
  return transpose(layer.graph, kernel, [3, 2, 0, 1]);
}

/** [rows, columns, inputs, multiplier] → [inputs · multiplier, 1, rows, columns]. */
function depthwiseKernel(layer: LayerTranslation, kernel: Node): Node {
  const [rows = 1, columns = 1] = kernel.shape;
  return reshape(layer.graph, transpose(layer.graph, kernel, [2, 3, 0, 1]), [-1, 1, rows, columns]);
}

function convolution(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const options = { ...windowOf(layer), dilation: layer.pair('dilationRate', 1), ...biasOf(layer) };
  const image = channelsFirst(graph, layer.input);
  return withActivation(
    layer,
    asChannelsFirst(conv2d(graph, image, ordinaryKernel(layer, layer.weight('kernel')), options)),
  );
}

function depthwise(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const image = channelsFirst(graph, layer.input);
  const groups = image.shape[1] ?? 1;
  const options = { ...windowOf(layer), dilation: layer.pair('dilationRate', 1), groups, ...biasOf(layer) };
  const kernel = depthwiseKernel(layer, layer.weight('depthwise_kernel'));
  return withActivation(layer, asChannelsFirst(conv2d(graph, image, kernel, options)));
}

function separable(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const image = channelsFirst(graph, layer.input);
  const groups = image.shape[1] ?? 1;
  const kernel = depthwiseKernel(layer, layer.weight('depthwise_kernel'));
  const options = { ...windowOf(layer), dilation: layer.pair('dilationRate', 1), groups };
  const mixed = ordinaryKernel(layer, layer.weight('pointwise_kernel'));
  const result = conv2d(graph, conv2d(graph, image, kernel, options), mixed, biasOf(layer));
  return withActivation(layer, asChannelsFirst(result));
}

/** A signal [N, L, C] as an image of one row. */
function convolution1d(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const signal = channelsFirst(graph, layer.input);
  const kernel = layer.weight('kernel');
  const along = (name: string): readonly [number, number] => [1, layer.pair(name, 1)[0]];
  const options = {
    padding: windowOf(layer).padding ?? 'valid',
    stride: along('strides'),
    dilation: along('dilationRate'),
    ...biasOf(layer),
  };
  const image = reshape(graph, signal, signal.shape.toSpliced(2, 0, 1));
  const result = conv2d(graph, image, ordinaryKernel(layer, reshape(graph, kernel, [1, ...kernel.shape])), options);
  return withActivation(layer, asChannelsFirst(reshape(graph, result, result.shape.toSpliced(2, 1))));
}

export const convolutionRules: LayerRules = {
  Conv1D: convolution1d,
  Conv2D: convolution,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
};
