/** Convolution, max pooling, a dilated depthwise convolution, average pooling. */
import type { Model } from '../../model/Model.ts';
import { averagePool2d } from '../../ops/averagePool2d.ts';
import { conv2d } from '../../ops/conv2d.ts';
import { maxPool2d } from '../../ops/maxPool2d.ts';
import { relu } from '../../ops/relu.ts';
import { reshape } from '../../ops/reshape.ts';
import { tanh } from '../../ops/tanh.ts';
import { dense } from './dense.ts';

export const forwardConvNet: Model['forward'] = (graph, inputs, state) => {
  const first = conv2d(graph, inputs, state.parameter('conv0.weight'), {
    padding: 'same',
    bias: state.parameter('conv0.bias'),
  });
  const second = conv2d(graph, maxPool2d(graph, relu(graph, first), 2), state.parameter('conv1.weight'), {
    padding: 2,
    dilation: 2,
    groups: 4,
    bias: state.parameter('conv1.bias'),
  });
  const pooled = averagePool2d(graph, tanh(graph, second), 2);
  return dense(graph, state, 'dense', reshape(graph, pooled, [inputs.shape[0] ?? 1, -1]));
};
