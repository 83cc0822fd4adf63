/**
 * Cross-correlation, the "convolution" of neural nets: y[n, o, p] = Σ_{c, i} w[o, c, i] · x[n, c, stride · p + dilation · i − pad].
 * Images [N, C, H, W], kernels [O, C / groups, rows, columns], result [N, O, H', W']. It is bilinear: its gradients are the ops
 * conv2dInputGradient and conv2dFilterGradient, and the derivatives of each of the three are the other two.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { add } from './add.ts';
import { bilinearTangent } from './bilinear.ts';
import { conv2dFilterGradient } from './conv2dFilterGradient.ts';
import { conv2dInputGradient } from './conv2dInputGradient.ts';
import { convolutionExamples } from './convolution/examples.ts';
import {
  fromAttributes,
  outputSize,
  resolveGeometry,
  sizeOfImage,
  toAttributes,
  type Geometry,
  type WindowOptions,
} from './convolution/geometry.ts';
import { convolve } from './convolution/onnxConvolution.ts';
import { convolveTfjs } from './convolution/tfjsConvolution.ts';
import {
  asChannels,
  asImages,
  commonLength,
  fromChannels,
  fromImages,
  kernelsAsOutputs,
} from './convolution/stackedImages.ts';
import { operand, type Op } from './Op.ts';
import { reshape } from './reshape.ts';

export const conv2dOp: Op = {
  name: 'conv2d',
  shape: ([x = [], w = []], attributes) => {
    const geometry = fromAttributes(attributes);
    const { groups } = geometry;
    const given = `images ${showShape(x)} and kernels ${showShape(w)}, groups ${groups}`;
    const [n = 1, c = 1] = x;
    const [o = 1, perGroup = 1] = w;
    if (x.length !== 4 || w.length !== 4 || c !== perGroup * groups || o % groups !== 0) {
      const expected = 'expected [N, C, H, W] and [O, C / groups, rows, columns] with O a multiple of the groups';
      throw new EstimationError('SHAPE', `conv2d: ${given}: ${expected}.`);
    }
    const size = outputSize(sizeOfImage(x), sizeOfImage(w), geometry);
    if (Math.min(...size) < 1) throw new EstimationError('SHAPE', `conv2d: ${given}: the kernel does not fit.`);
    return [n, o, ...size];
  },
  vjp: (graph, node, cotangent) => {
    const x = operand(node.operands, 0);
    const w = operand(node.operands, 1);
    const geometry = fromAttributes(node.attributes);
    return [
      conv2dInputGradient(graph, cotangent, w, sizeOfImage(x.shape), geometry),
      conv2dFilterGradient(graph, x, cotangent, sizeOfImage(w.shape), geometry),
    ];
  },
  jvp: bilinearTangent,
  stack: (graph, node, operands) => {
    const x = operand(operands, 0);
    const w = operand(operands, 1);
    const k = commonLength(x, w);
    const geometry = fromAttributes(node.attributes);
    const { groups } = geometry;
    if (w.axis === null) return fromImages(graph, convolution(graph, asImages(graph, x), w.node, geometry), k);
    if (x.axis === null) {
      const wide = convolution(graph, x.node, kernelsAsOutputs(graph, w, groups), geometry);
      return fromChannels(graph, wide, k, groups);
    }
    const apart = { ...geometry, groups: k * groups };
    return fromChannels(graph, convolution(graph, asChannels(graph, x, 1), kernelsAsOutputs(graph, w, 1), apart), k, 1);
  },
  onnx: (emit, node, operands) => {
    const x = { name: operand(operands, 0), shape: operand(node.operands, 0).shape };
    const w = { name: operand(operands, 1), shape: operand(node.operands, 1).shape };
    return convolve(emit, x, w, fromAttributes(node.attributes)).name;
  },
  tfjs: (tf, node, operands) =>
    convolveTfjs(tf, operand(operands, 0), operand(operands, 1), fromAttributes(node.attributes)),
  examples: convolutionExamples().map(({ x, w, geometry }) => ({
    operands: [x, w],
    attributes: toAttributes(geometry),
  })),
};

function convolution(graph: GraphBuilder, x: Node, w: Node, geometry: Geometry): Node {
  return graph.apply('conv2d', [x, w], toAttributes(geometry));
}

export interface Conv2dOptions extends WindowOptions {
  /** Default 1; as many as channels: depthwise. */
  readonly groups?: number;
  /** [O], added to every position. */
  readonly bias?: Node;
}

/**
 * Images [N, C, H, W], kernels [O, C / groups, rows, columns] → [N, O, H', W']. Throws an EstimationError: SHAPE when they do not
 * fit together, BAD_OPTION for options that are not whole numbers in range.
 */
export function conv2d(graph: GraphBuilder, x: Node, w: Node, { bias, ...options }: Conv2dOptions = {}): Node {
  const geometry = resolveGeometry('conv2d', sizeOfImage(x.shape), sizeOfImage(w.shape), options);
  const product = convolution(graph, x, w, geometry);
  return bias ? add(graph, product, reshape(graph, bias, [-1, 1, 1])) : product;
}
