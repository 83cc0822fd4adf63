/**
 * Cross-correlation, the "convolution" of neural nets: y[n, o, p] = Σ_{c, i} w[o, c, i] · x[n, c, stride · p + dilation · i − pad].
 * Images [N, C, H, W], kernels [O, C / groups, rows, columns], result [N, O, H', W']. It is bilinear: its gradients are the ops
 * conv2dInputGradient and conv2dFilterGradient, and the derivatives of each of the three are the other two.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { add } from './add.ts';
import { broadcastTo } from './broadcastTo.ts';
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
} from './convolution/batchedImages.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { reshape } from './reshape.ts';
import type { BatchedNode } from '../graph/BatchedNode.ts';
import { moveBatchAxis } from './batched.ts';
import { sum } from './sum.ts';

export const conv2dOp: Op = {
  name: 'conv2d',
  shape: ([x = [], w = [], bias], attributes) => {
    const geometry = fromAttributes(attributes);
    const { groups } = geometry;
    const given = `images ${showShape(x)} and kernels ${showShape(w)}, groups ${groups}`;
    const [n = 1, c = 1] = x;
    const [o = 1, perGroup = 1] = w;
    if (x.length !== 4 || w.length !== 4 || c !== perGroup * groups || o % groups !== 0) {
      const expected = 'expected [N, C, H, W] and [O, C / groups, rows, columns] with O a multiple of the groups';
      throw new EstimationError('SHAPE', `conv2d: ${given}: ${expected}.`);
    }
    if (bias && !sameShape(bias, [o])) {
      throw new EstimationError('SHAPE', `conv2d: the bias must be [${o}], got ${showShape(bias)}.`);
    }
    const size = outputSize(sizeOfImage(x), sizeOfImage(w), geometry);
    if (Math.min(...size) < 1) throw new EstimationError('SHAPE', `conv2d: ${given}: the kernel does not fit.`);
    return [n, o, ...size];
  },
  vjp: (graph, node, cotangent) => {
    const [x, w, bias] = [operand(node.operands, 0), operand(node.operands, 1), node.operands[2]];
    const geometry = fromAttributes(node.attributes);
    return [
      conv2dInputGradient(graph, cotangent, w, sizeOfImage(x.shape), geometry),
      conv2dFilterGradient(graph, x, cotangent, sizeOfImage(w.shape), geometry),
      ...(bias ? [reshape(graph, sum(graph, cotangent, [-4, -2, -1]), bias.shape)] : []),
    ];
  },
  jvp: (graph, node, [dx = null, dw = null, dbias = null]) => {
    const [x, w] = [operand(node.operands, 0), operand(node.operands, 1)];
    const geometry = fromAttributes(node.attributes);
    const ofImages = dx && convolution(graph, dx, w, null, geometry);
    const ofKernels = dw
      ? convolution(graph, x, dw, dbias, geometry)
      : dbias && overPositions(graph, dbias, node.shape);
    return ofImages && ofKernels ? add(graph, ofImages, ofKernels) : (ofImages ?? ofKernels);
  },
  vmap: (graph, node, operands) => {
    const [x, w, bias] = [operand(operands, 0), operand(operands, 1), operands[2]];
    const k = commonLength(...operands);
    const geometry = fromAttributes(node.attributes);
    const { groups } = geometry;
    if (w.axis === null) {
      const single = bias && bias.axis === null ? bias.node : null;
      const product = fromImages(
        graph,
        convolution(graph, asImages(graph, x), w.node, single, geometry),
        x.axis === null ? 1 : k,
      );
      if (!bias || bias.axis === null) return product;
      const moved = moveBatchAxis(graph, bias, 0);
      return { node: add(graph, product.node, reshape(graph, moved, [...moved.shape, 1, 1])), axis: 1 };
    }
    const biases = bias && { node: batchedBias(graph, bias, k), axis: 0 };
    if (x.axis === null) {
      const wideBias = biases ? kernelsAsOutputs(graph, biases, groups) : null;
      const wide = convolution(graph, x.node, kernelsAsOutputs(graph, w, groups), wideBias, geometry);
      return fromChannels(graph, wide, k, groups);
    }
    const apart = { ...geometry, groups: k * groups };
    const wideBias = biases ? kernelsAsOutputs(graph, biases, 1) : null;
    const images = asChannels(graph, x, 1);
    return fromChannels(graph, convolution(graph, images, kernelsAsOutputs(graph, w, 1), wideBias, apart), k, 1);
  },
  onnx: (emit, node, operands) => {
    const x = { name: operand(operands, 0), shape: operand(node.operands, 0).shape };
    const w = { name: operand(operands, 1), shape: operand(node.operands, 1).shape };
    return convolve(emit, x, w, fromAttributes(node.attributes), operands[2]).name;
  },
  tfjs: (tf, node, operands) => {
    const product = convolveTfjs(tf, operand(operands, 0), operand(operands, 1), fromAttributes(node.attributes));
    const [, , bias] = operands;
    return bias ? tf.add(product, tf.reshape(bias, [-1, 1, 1])) : product;
  },
  examples: convolutionExamples().flatMap(({ x, w, geometry }, index) => {
    const attributes = toAttributes(geometry);
    const plain = { operands: [x, w], attributes };
    return index % 3 === 0 ? [plain, { operands: [x, w, w.slice(0, 1)], attributes }] : [plain];
  }),
};

/** A bias [O] at every position of images [N, O, H, W]. */
function overPositions(graph: GraphBuilder, bias: Node, shape: Shape): Node {
  return broadcastTo(graph, reshape(graph, bias, [-1, 1, 1]), shape);
}

/** [k, O] */
function batchedBias(graph: GraphBuilder, bias: BatchedNode, k: number): Node {
  return bias.axis === null ? broadcastTo(graph, bias.node, [k, ...bias.node.shape]) : moveBatchAxis(graph, bias, 0);
}

function convolution(graph: GraphBuilder, x: Node, w: Node, bias: Node | null, geometry: Geometry): Node {
  return graph.apply('conv2d', bias ? [x, w, bias] : [x, w], toAttributes(geometry));
}

export interface Conv2dOptions extends WindowOptions {
  /** Default 1; as many as channels: depthwise. */
  readonly groups?: number;
  /** [O], added to every position. */
  readonly bias?: Node;
}

/**
 * Images [N, C, H, W], kernels [O, C / groups, rows, columns] → [N, O, H', W']. Throws an EstimationError: SHAPE when they do not
 * fit together, BAD_OPTION for options that are not integers in range.
 */
export function conv2d(graph: GraphBuilder, x: Node, w: Node, { bias, ...options }: Conv2dOptions = {}): Node {
  const geometry = resolveGeometry('conv2d', sizeOfImage(x.shape), sizeOfImage(w.shape), options);
  return convolution(graph, x, w, bias ?? null, geometry);
}

/**
 * factor ⊙ y + offset per channel, both [C], where y is a convolution: one convolution with scaled kernels, so that neither it nor
 * its derivatives pass over the images for it. null: y is not one.
 */
export function scaledConvolution(graph: GraphBuilder, y: Node, factor: Node, offset: Node): Node | null {
  const [x, w, bias] = y.operands;
  if (y.op !== 'conv2d' || !x || !w) return null;
  const kernels = multiply(graph, w, reshape(graph, factor, [-1, 1, 1, 1]));
  const shift = bias ? add(graph, multiply(graph, bias, factor), offset) : offset;
  return convolution(graph, x, kernels, shift, fromAttributes(y.attributes));
}
