/** Sums over windows of the last two axes, in ONNX nodes and on TensorFlow.js: what the pooling ops share. */
import type * as tfjs from '@tensorflow/tfjs-core';
import { EstimationError } from '../../error/EstimationError.ts';
import type { Emitter, Value } from '../Emitter.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import { sizeOf, type Attributes, type Node, type Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import { operand, type Tfjs } from '../Op.ts';
import type { BatchedNode } from '../../graph/BatchedNode.ts';
import { moveBatchAxis } from '../batched.ts';
import { fromAttributes, outputSize, pairOf, sizeOfImage, toAttributes, type Geometry, type Pair } from './geometry.ts';
import { padded, reshaped, tapViews } from './onnxImages.ts';
import { paddedTfjs } from './tfjsConvolution.ts';

/** A kernel of ones that moves over each channel separately, undilated. */
export interface Window {
  readonly kernel: Pair;
  readonly geometry: Geometry;
}

export function windowOf(attributes: Attributes): Window {
  return { kernel: pairOf(attributes, 'kernel'), geometry: fromAttributes(attributes) };
}

export function windowAttributes({ kernel, geometry }: Window): Attributes {
  return { ...toAttributes(geometry), kernel: [...kernel] };
}

/** Throws an EstimationError (SHAPE) that names the op when the window does not fit. */
export function pooledShape(op: string, x: Shape, { kernel, geometry }: Window): Shape {
  const size = outputSize(sizeOfImage(x), kernel, geometry);
  if (x.length < 2 || Math.min(...size) < 1) {
    throw new EstimationError('SHAPE', `${op}: a window of ${kernel.join(' × ')} does not fit ${showShape(x)}.`);
  }
  return [...x.slice(0, -2), ...size];
}

/** Whether the windows cover an image of this size without gaps or overlaps. */
export function tiles(size: Pair, { kernel, geometry: { stride, pads, dilation } }: Window): boolean {
  const fits = (axis: 0 | 1): boolean => stride[axis] === kernel[axis] && size[axis] % kernel[axis] === 0;
  const plain = pads.every((width) => width === 0) && dilation.every((distance) => distance === 1);
  return plain && fits(0) && fits(1);
}

/** The batching rule of ops on the last two axes: the k values stay wherever they are before those. */
export function vmapImages(graph: GraphBuilder, node: Node, operands: readonly BatchedNode[]): BatchedNode {
  const x = operand(operands, 0);
  if (x.axis === null) return { node, axis: null };
  const axis = Math.min(x.axis, node.shape.length - 2);
  return { node: graph.apply(node.op, [moveBatchAxis(graph, x, axis)], node.attributes), axis };
}

/** Leading axes as one: [M, 1, H, W], which any provider takes. */
export function asOneChannel(emit: Emitter, name: string, { shape }: Node): Value {
  const size = sizeOfImage(shape);
  return reshaped(emit, { name, shape }, [sizeOf(shape) / (size[0] * size[1]), 1, ...size]);
}

/** Σ over each window of [M, 1, H, W]. */
export function sumWindows(emit: Emitter, x: Value, { kernel, geometry }: Window): Value {
  const out = outputSize(sizeOfImage(x.shape), kernel, geometry);
  const shape = [x.shape[0] ?? 1, 1, ...out];
  const image = padded(emit, x, geometry.pads);
  if (!emit.isDouble) {
    const mean = emit.node('AveragePool', [image.name], { kernel_shape: kernel, strides: geometry.stride });
    return { name: emit.node('Mul', [mean, emit.scalar(kernel[0] * kernel[1])]), shape };
  }
  const views = tapViews(emit, image, kernel, geometry, out);
  return { name: views.reduce((sum, view) => emit.node('Add', [sum, view])), shape };
}

/** Σ over each window of [M, 1, H, W]. */
export function sumWindowsTfjs(tf: Tfjs, x: tfjs.Tensor, { kernel, geometry }: Window): tfjs.Tensor {
  const image = tf.transpose(paddedTfjs(tf, x, geometry.pads), [0, 2, 3, 1]) as tfjs.Tensor4D;
  const mean = tf.avgPool(image, [...kernel], [...geometry.stride], 'valid');
  return tf.transpose(tf.mul(mean, kernel[0] * kernel[1]), [0, 3, 1, 2]);
}
