/** Two residual blocks with batch norm; the second halves the image and projects its shortcut. */
import type { Node } from '../../graph/Node.ts';
import { batchNorm } from '../../model/batchNorm.ts';
import type { Model } from '../../model/Model.ts';
import { add } from '../../ops/add.ts';
import { globalAveragePool2d } from '../../ops/averagePool2d.ts';
import { conv2d } from '../../ops/conv2d.ts';
import { relu } from '../../ops/relu.ts';
import { reshape } from '../../ops/reshape.ts';
import { dense } from './dense.ts';

export const forwardResNet: Model['forward'] = (graph, inputs, state) => {
  const normalised = (name: string, value: Node): Node =>
    batchNorm(graph, value, state, {
      scale: `${name}.weight`,
      shift: `${name}.bias`,
      mean: `${name}.running_mean`,
      variance: `${name}.running_var`,
    });
  const conv = (name: string, value: Node, padding: number, stride: number): Node =>
    conv2d(graph, value, state.parameter(name), { padding, stride });
  let x = relu(graph, normalised('stem.norm', conv('stem.conv', inputs, 1, 1)));
  for (const { block, stride } of [
    { block: 'block0', stride: 1 },
    { block: 'block1', stride: 2 },
  ]) {
    const inner = relu(graph, normalised(`${block}.norm0`, conv(`${block}.conv0`, x, 1, stride)));
    const outer = normalised(`${block}.norm1`, conv(`${block}.conv1`, inner, 1, 1));
    const shortcut = stride === 1 ? x : normalised('shortcut.norm', conv('shortcut.conv', x, 0, stride));
    x = relu(graph, add(graph, outer, shortcut));
  }
  return dense(graph, state, 'dense', reshape(graph, globalAveragePool2d(graph, x), [x.shape[0] ?? 1, -1]));
};
