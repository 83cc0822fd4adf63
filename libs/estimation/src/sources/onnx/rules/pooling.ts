/** Maxima and means over windows. */
import type { Node } from '../../../graph/Node.ts';
import { averagePool2d, globalAveragePool2d } from '../../../ops/averagePool2d.ts';
import { extent, type Padding } from '../../../ops/convolution/geometry.ts';
import { maxPool2d } from '../../../ops/maxPool2d.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { asBefore, asImage, kernelOf, windowOf } from './window.ts';

/**
 * With ceil_mode a window that begins inside the image or its padding counts although it reaches beyond: the padding at the end
 * grows by what it lacks.
 */
function roundedUp(node: NodeTranslation, { shape }: Node): Padding {
  const { padding, stride, dilation } = windowOf(node);
  if (node.number('ceil_mode', 0) === 0 || typeof padding !== 'object' || padding.length !== 4) return padding;
  const kernel = kernelOf(node);
  const grown = ([0, 1] as const).map((axis) => {
    const size = shape[axis + 2] ?? 1;
    const [before, after] = [padding[axis] ?? 0, padding[axis === 0 ? 2 : 3] ?? 0];
    const reach = extent(kernel[axis], dilation[axis]);
    const windows = Math.ceil((size + before + after - reach) / stride[axis]);
    const last = windows * stride[axis] >= size + before ? windows - 1 : windows;
    return Math.max(after, last * stride[axis] + reach - size - before);
  });
  return [padding[0], padding[1], grown[0] ?? 0, grown[1] ?? 0];
}

function maxPool(node: NodeTranslation): Node {
  const x = node.node(0);
  const image = asImage(node, x);
  const { stride, dilation } = windowOf(node);
  const padding = roundedUp(node, image);
  return asBefore(node, maxPool2d(node.graph, image, kernelOf(node), { stride, dilation, padding }), x);
}

function averagePool(node: NodeTranslation): Node {
  const x = node.node(0);
  const image = asImage(node, x);
  const { stride, dilation, padding } = windowOf(node);
  if (`${roundedUp(node, image)}` !== `${padding}`) {
    throw node.failure('UNSUPPORTED', 'ceil_mode is read only where the windows end with the image');
  }
  const countPadding = node.number('count_include_pad', 0) === 1;
  const options = { stride, dilation, padding, countPadding };
  return asBefore(node, averagePool2d(node.graph, image, kernelOf(node), options), x);
}

export const poolingRules: Rules = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: (node) => {
    const x = node.node(0);
    return asBefore(node, globalAveragePool2d(node.graph, asImage(node, x)), x);
  },
};
