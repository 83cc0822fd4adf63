/**
 * Convolution with the kernels of TensorFlow.js, which want images [N, H, W, C] and kernels [rows, columns, C, O]. Images are
 * [N, C, H, W] and kernels [O, C / groups, rows, columns] here.
 */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tfjs } from '../Op.ts';
import { padTfjs } from '../padding.ts';
import { extent, type Geometry, type Pair } from './geometry.ts';

function lengths({ shape: [n = 1, c = 1, h = 1, w = 1] }: tfjs.Tensor): [number, number, number, number] {
  return [n, c, h, w];
}

/** Pads rows and columns with zeros; cuts where a number is negative. */
export function paddedTfjs(tf: Tfjs, x: tfjs.Tensor, [top, left, bottom, right]: Geometry['pads']): tfjs.Tensor {
  return padTfjs(tf, x, { before: [top, left], after: [bottom, right] });
}

/** stride − 1 zeros behind every row and column. */
export function dilatedTfjs(tf: Tfjs, x: tfjs.Tensor, [rows, columns]: Pair): tfjs.Tensor {
  if (rows === 1 && columns === 1) return x;
  const [n, c, h, w] = lengths(x);
  const apart = tf.reshape(x, [n * c * h, 1, w, 1]);
  const filled = padTfjs(tf, apart, { before: [0, 0, 0], after: [rows - 1, 0, columns - 1] });
  return tf.reshape(filled, [n, c, h * rows, w * columns]);
}

/** Taps in reverse, inputs and outputs swapped within each group. */
export function reversedKernelTfjs(tf: Tfjs, w: tfjs.Tensor, groups: number): tfjs.Tensor {
  const [o, perGroup, rows, columns] = lengths(w);
  const turned = tf.reverse(w, [2, 3]);
  const apart = tf.reshape(turned, [groups, o / groups, perGroup, rows * columns]);
  return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [groups * perGroup, o / groups, rows, columns]);
}

/** The kernels take a stride or a dilation, not both: a dilated kernel is one with zeros between its taps. */
function spread(tf: Tfjs, w: tfjs.Tensor, dilation: Pair): tfjs.Tensor {
  const [o, c, rows, columns] = lengths(w);
  return tf.slice(
    dilatedTfjs(tf, w, dilation),
    [0, 0, 0, 0],
    [o, c, extent(rows, dilation[0]), extent(columns, dilation[1])],
  );
}

export function convolveTfjs(tf: Tfjs, x: tfjs.Tensor, w: tfjs.Tensor, geometry: Geometry): tfjs.Tensor {
  const { stride, dilation, groups } = geometry;
  const images = tf.transpose(paddedTfjs(tf, x, geometry.pads), [0, 2, 3, 1]) as tfjs.Tensor4D;
  const kernels = tf.transpose(spread(tf, w, dilation), [2, 3, 1, 0]) as tfjs.Tensor4D;
  const strides: [number, number] = [...stride];
  const [n, h, width, c] = images.shape;
  const [rows, columns, perGroup, o] = kernels.shape;
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = groups === 1 ? images : tf.slice(images, [0, 0, 0, (group * c) / groups], [n, h, width, perGroup]);
    const size: [number, number, number, number] = [rows, columns, perGroup, o / groups];
    const kernel = groups === 1 ? kernels : tf.slice(kernels, [0, 0, 0, (group * o) / groups], size);
    return tf.conv2d(part, kernel, strides, 'valid');
  });
  return tf.transpose(groups === 1 ? (parts[0] ?? tf.concat(parts, 3)) : tf.concat(parts, 3), [0, 3, 1, 2]);
}
