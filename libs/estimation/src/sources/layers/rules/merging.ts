/** Several values into one. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { scale } from '../../../ops/affine.ts';
import { concat } from '../../../ops/concat.ts';
import { multiply } from '../../../ops/multiply.ts';
import { asDeclared, channelsFirst, channelsLast, type Flow } from '../Flow.ts';
import type { LayerRule, LayerRules, LayerTranslation } from '../LayerTranslation.ts';

/** The inputs with the axes in one order: that of the first. */
function aligned(layer: LayerTranslation): { nodes: Node[]; channelsFirst: boolean } {
  const first = layer.input.channelsFirst;
  const turn = first ? channelsFirst : channelsLast;
  return { nodes: layer.inputs.map((input) => turn(layer.graph, input)), channelsFirst: first };
}

function elementwise(f: (graph: GraphBuilder, a: Node, b: Node) => Node): LayerRule {
  return (layer): Flow => {
    const { nodes, channelsFirst: order } = aligned(layer);
    return { node: nodes.reduce((a, b) => f(layer.graph, a, b)), channelsFirst: order };
  };
}

const sum = elementwise(add);

function concatenate(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const rank = layer.input.node.shape.length;
  const axis = layer.number('axis', -1);
  const fromEnd = axis < 0 ? axis : axis - rank;
  if (fromEnd === -1 && layer.input.channelsFirst) {
    return { node: concat(graph, aligned(layer).nodes, 1 - rank), channelsFirst: true };
  }
  return asDeclared(
    concat(
      graph,
      layer.inputs.map((input) => channelsLast(graph, input)),
      fromEnd,
    ),
  );
}

export const mergingRules: LayerRules = {
  Add: sum,
  Multiply: elementwise(multiply),
  Average: (layer) => {
    const total = sum(layer);
    return { ...total, node: scale(layer.graph, total.node, 1 / layer.inputs.length) };
  },
  Concatenate: concatenate,
};
