/**
 * A value between two layers. The layers speak of channels last, [N, ..., C]; convolutions here compute with channels first.
 * A value stays as the last layer left it, and is turned only where a layer needs it otherwise.
 */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import { transpose } from '../../ops/transpose.ts';

export interface Flow {
  readonly node: Node;
  /** [N, C, ...] instead of [N, ..., C]. */
  readonly channelsFirst: boolean;
}

export function channelsLast(graph: GraphBuilder, { node, channelsFirst }: Flow): Node {
  if (!channelsFirst) return node;
  const axes = node.shape.map((_, axis) => axis);
  return transpose(graph, node, [0, ...axes.slice(2), 1]);
}

export function channelsFirst(graph: GraphBuilder, flow: Flow): Node {
  if (flow.channelsFirst || flow.node.shape.length < 3) return flow.node;
  const rank = flow.node.shape.length;
  const axes = flow.node.shape.map((_, axis) => axis);
  return transpose(graph, flow.node, [0, rank - 1, ...axes.slice(1, -1)]);
}

/** As the layers see it. */
export function asDeclared(node: Node): Flow {
  return { node, channelsFirst: false };
}

export function asChannelsFirst(node: Node): Flow {
  return { node, channelsFirst: node.shape.length > 2 };
}
