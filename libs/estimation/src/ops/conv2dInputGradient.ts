/**
 * The gradient of conv2d in its images: from the cotangent [N, O, H', W'] and the kernels [O, C / groups, rows, columns] the
 * images' cotangent [N, C, H, W]. It is a convolution with the reversed kernel over the cotangent with zeros between its lines,
 * which is faster in ONNX Runtime and in TensorFlow.js than their own transposed convolutions.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { bilinearTangent } from './bilinear.ts';
import { conv2dFilterGradient } from './conv2dFilterGradient.ts';
import {
  fromAttributes,
  pairOf,
  reversedGeometry,
  sizeOfImage,
  toAttributes,
  type Geometry,
  type Pair,
} from './convolution/geometry.ts';
import { convolutionExamples } from './convolution/examples.ts';
import { convolve, reversedKernel } from './convolution/onnxConvolution.ts';
import { dilated } from './convolution/onnxImages.ts';
import {
  asChannels,
  asImages,
  commonLength,
  fromChannels,
  fromImages,
  kernelsAsInputs,
  kernelsAsOutputs,
} from './convolution/batchedImages.ts';
import { convolveTfjs, dilatedTfjs, reversedKernelTfjs } from './convolution/tfjsConvolution.ts';
import { operand, type Op } from './Op.ts';

function settings(node: Node): { size: Pair; geometry: Geometry; reversed: Geometry } {
  const geometry = fromAttributes(node.attributes);
  const size = pairOf(node.attributes, 'size');
  const [cotangent, w] = [operand(node.operands, 0).shape, operand(node.operands, 1).shape];
  return { size, geometry, reversed: reversedGeometry(size, sizeOfImage(w), sizeOfImage(cotangent), geometry) };
}

export const conv2dInputGradientOp: Op = {
  name: 'conv2dInputGradient',
  shape: ([cotangent = [], w = []], attributes) => [
    cotangent[0] ?? 1,
    (w[1] ?? 1) * fromAttributes(attributes).groups,
    ...pairOf(attributes, 'size'),
  ],
  vjp: (graph, node, images) => {
    const cotangent = operand(node.operands, 0);
    const w = operand(node.operands, 1);
    const { geometry } = settings(node);
    return [
      graph.apply('conv2d', [images, w], toAttributes(geometry)),
      conv2dFilterGradient(graph, images, cotangent, sizeOfImage(w.shape), geometry),
    ];
  },
  jvp: bilinearTangent,
  vmap: (graph, node, operands) => {
    const cotangent = operand(operands, 0);
    const w = operand(operands, 1);
    const k = commonLength(cotangent, w);
    const { size, geometry } = settings(node);
    const { groups } = geometry;
    if (w.axis === null) {
      const images = conv2dInputGradient(graph, asImages(graph, cotangent), w.node, size, geometry);
      return fromImages(graph, images, k);
    }
    if (cotangent.axis === null) {
      const wide = conv2dInputGradient(graph, cotangent.node, kernelsAsInputs(graph, w), size, geometry);
      return fromChannels(graph, wide, k, groups);
    }
    const apart = { ...geometry, groups: k * groups };
    const kernels = kernelsAsOutputs(graph, w, 1);
    const together = conv2dInputGradient(graph, asChannels(graph, cotangent, 1), kernels, size, apart);
    return fromChannels(graph, together, k, 1);
  },
  onnx: (emit, node, operands) => {
    const { geometry, reversed } = settings(node);
    const cotangent = { name: operand(operands, 0), shape: operand(node.operands, 0).shape };
    const w = { name: operand(operands, 1), shape: operand(node.operands, 1).shape };
    const kernel = reversedKernel(emit, w, geometry.groups);
    return convolve(emit, dilated(emit, cotangent, geometry.stride), kernel, reversed).name;
  },
  tfjs: (tf, node, operands) => {
    const { geometry, reversed } = settings(node);
    const kernel = reversedKernelTfjs(tf, operand(operands, 1), geometry.groups);
    return convolveTfjs(tf, dilatedTfjs(tf, operand(operands, 0), geometry.stride), kernel, reversed);
  },
  examples: convolutionExamples().map(({ x, w, y, geometry }) => ({
    operands: [y, w],
    attributes: { ...toAttributes(geometry), size: sizeOfImage(x) },
  })),
};

/** `size` is that of the images; `geometry` that of the convolution whose gradient this is. */
export function conv2dInputGradient(
  graph: GraphBuilder,
  cotangent: Node,
  w: Node,
  size: Pair,
  geometry: Geometry,
): Node {
  return graph.apply('conv2dInputGradient', [cotangent, w], { ...toAttributes(geometry), size: [...size] });
}
