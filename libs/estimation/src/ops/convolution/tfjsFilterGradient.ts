/** The filter gradient of a convolution on TensorFlow.js: im2col and a matrix product, which every backend does fast. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tfjs } from '../Op.ts';
import { extent, outputSize, reversedGeometry, sizeOfImage, type Geometry, type Pair } from './geometry.ts';
import { dilatedTfjs, paddedTfjs } from './tfjsConvolution.ts';

interface Settings {
  readonly kernel: Pair;
  readonly geometry: Geometry;
  readonly columns: 'images' | 'cotangent';
}

/** im2col: [N, C, H, W] → [C, taps · N · positions]. */
function columnsOf(tf: Tfjs, x: tfjs.Tensor, kernel: Pair, geometry: Geometry): tfjs.Tensor {
  const { stride, dilation } = geometry;
  const out = outputSize(sizeOfImage(x.shape), kernel, geometry);
  const image = tf.transpose(paddedTfjs(tf, x, geometry.pads), [1, 0, 2, 3]);
  const [c = 1, n = 1] = image.shape;
  const views: tfjs.Tensor[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const begin = [0, 0, i * dilation[0], j * dilation[1]];
      const end = [c, n, i * dilation[0] + extent(out[0], stride[0]), j * dilation[1] + extent(out[1], stride[1])];
      views.push(tf.reshape(tf.stridedSlice(image, begin, end, [1, 1, ...stride]), [c, 1, n * out[0] * out[1]]));
    }
  }
  return tf.concat(views, 1);
}

/** Σ over images and positions of a [N, rows, …] times columns of b: [groups, rows / groups, taps · C / groups]. */
function products(tf: Tfjs, a: tfjs.Tensor, b: tfjs.Tensor, kernel: Pair, geometry: Geometry): tfjs.Tensor {
  const { groups } = geometry;
  const [n = 1, rows = 1, h = 1, w = 1] = a.shape;
  const positions = n * h * w;
  const left = tf.reshape(tf.transpose(a, [1, 0, 2, 3]), [groups, rows / groups, positions]);
  const width = (b.shape[1] ?? 1) * kernel[0] * kernel[1];
  const right = tf.reshape(columnsOf(tf, b, kernel, geometry), [groups, width / groups, positions]);
  // Transposed here: tfjs-wasm is slow on transposed operands.
  return tf.matMul(left, tf.transpose(right, [0, 2, 1]));
}

export function filterGradientTfjs(
  tf: Tfjs,
  x: tfjs.Tensor,
  cotangent: tfjs.Tensor,
  { kernel, geometry, columns }: Settings,
): tfjs.Tensor {
  const { groups } = geometry;
  const perGroup = (x.shape[1] ?? 1) / groups;
  const o = cotangent.shape[1] ?? 1;
  if (columns === 'images') return tf.reshape(products(tf, cotangent, x, kernel, geometry), [o, perGroup, ...kernel]);
  const reversed = reversedGeometry(sizeOfImage(x.shape), kernel, sizeOfImage(cotangent.shape), geometry);
  const flat = products(tf, x, dilatedTfjs(tf, cotangent, geometry.stride), kernel, reversed);
  const apart = tf.reshape(flat, [groups, perGroup, o / groups, kernel[0] * kernel[1]]);
  const turned = tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [o, perGroup, ...kernel]);
  return tf.reverse(turned, [2, 3]);
}
