/**
 * How k images or k kernels go through one convolution: k images as k times as many images, or as k times as many channels; k
 * kernels as k times as many output channels, or input channels. Images keep the k values along axis 1, [N, k, C, H, W].
 */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../../graph/Node.ts';
import { reshape } from '../reshape.ts';
import type { BatchedNode } from '../../graph/BatchedNode.ts';
import { moveBatchAxis, batchAxisSize } from '../batched.ts';
import { transpose } from '../transpose.ts';

/** [N · k, C, H, W]; images without a batch axis stay as they are. */
export function asImages(graph: GraphBuilder, images: BatchedNode): Node {
  if (images.axis === null) return images.node;
  const [n = 1, k = 1, ...rest] = moveBatchAxis(graph, images, 1).shape;
  return reshape(graph, moveBatchAxis(graph, images, 1), [n * k, ...rest]);
}

/** The reverse of `asImages`. */
export function fromImages(graph: GraphBuilder, images: Node, k: number): BatchedNode {
  const [many = 1, ...rest] = images.shape;
  return { node: reshape(graph, images, [many / k, k, ...rest]), axis: 1 };
}

/** [N, groups · k · C / groups, H, W]: within each group, the k images one after the other. */
export function asChannels(graph: GraphBuilder, images: BatchedNode, groups: number): Node {
  const moved = moveBatchAxis(graph, images, 1);
  const [n = 1, k = 1, c = 1, ...size] = moved.shape;
  return reshape(graph, swapped(graph, moved, [n, k, groups, c / groups, ...size], groups), [n, k * c, ...size]);
}

/** The reverse of `asChannels`. */
export function fromChannels(graph: GraphBuilder, images: Node, k: number, groups: number): BatchedNode {
  const [n = 1, many = 1, ...size] = images.shape;
  const apart = swapped(graph, images, [n, groups, k, many / (groups * k), ...size], groups);
  return { node: reshape(graph, apart, [n, k, many / k, ...size]), axis: 1 };
}

/** [groups · k · O / groups, C / groups, rows, columns]: within each group, the outputs of the k kernels one after the other. */
export function kernelsAsOutputs(graph: GraphBuilder, kernels: BatchedNode, groups: number): Node {
  const moved = moveBatchAxis(graph, kernels, 0);
  const [k = 1, o = 1, ...rest] = moved.shape;
  return reshape(graph, swapped(graph, moved, [1, k, groups, o / groups, ...rest], groups), [k * o, ...rest]);
}

/** The reverse of `kernelsAsOutputs`. */
export function kernelsFromOutputs(graph: GraphBuilder, kernels: Node, k: number, groups: number): BatchedNode {
  const [many = 1, ...rest] = kernels.shape;
  const apart = swapped(graph, kernels, [1, groups, k, many / (groups * k), ...rest], groups);
  return { node: reshape(graph, apart, [k, many / k, ...rest]), axis: 0 };
}

/** [O, k · C / groups, rows, columns]: the inputs of the k kernels one after the other. */
export function kernelsAsInputs(graph: GraphBuilder, kernels: BatchedNode): Node {
  const moved = moveBatchAxis(graph, kernels, 1);
  const [o = 1, k = 1, c = 1, ...taps] = moved.shape;
  return reshape(graph, moved, [o, k * c, ...taps]);
}

/** The reverse of `kernelsAsInputs`. */
export function kernelsFromInputs(graph: GraphBuilder, kernels: Node, k: number): BatchedNode {
  const [o = 1, many = 1, ...taps] = kernels.shape;
  return { node: reshape(graph, kernels, [o, k, many / k, ...taps]), axis: 1 };
}

/** k of the first batched operand. */
export function commonLength(...operands: readonly BatchedNode[]): number {
  return operands.map(batchAxisSize).find((length) => length !== null) ?? 1;
}

/** Views a value in a shape and swaps its axes 1 and 2; with one group there is nothing to swap. */
function swapped(graph: GraphBuilder, node: Node, shape: readonly number[], groups: number): Node {
  if (groups === 1) return node;
  const [first = 1, second = 1, third = 1, ...rest] = shape;
  // What follows as one axis: some engines transpose few axes only.
  return transpose(graph, reshape(graph, node, [first, second, third, sizeOf(rest)]), [0, 2, 1, 3]);
}
