/** Reverse mode: the gradient of a scalar node with respect to others, as nodes of the same graph. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, topologicalOrder, type Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { opNamed } from '../ops/registry.ts';

/** ∂scalar/∂w for every w of `wrt`, each with the shape of its w; zeros where the scalar does not depend on it. */
export function gradients(graph: GraphBuilder, scalar: Node, wrt: readonly Node[]): Node[] {
  if (sizeOf(scalar.shape) !== 1) {
    throw new EstimationError('SHAPE', `A gradient needs a scalar; the loss has shape ${showShape(scalar.shape)}.`);
  }
  const order = topologicalOrder([scalar]);
  const active = new Set(wrt.map((node) => node.id));
  for (const node of order) if (node.operands.some((operand) => active.has(operand.id))) active.add(node.id);

  const cotangents = new Map<number, Node>([
    [scalar.id, graph.constant(new Array(sizeOf(scalar.shape)).fill(1), scalar.shape)],
  ]);
  for (const node of order.reverse()) {
    const cotangent = cotangents.get(node.id);
    if (!cotangent || !active.has(node.id) || node.operands.length === 0) continue;
    opNamed(node.op)
      .vjp(graph, node, cotangent)
      .forEach((contribution, position) => {
        const operand = node.operands[position];
        if (!contribution || !operand || !active.has(operand.id)) return;
        const sofar = cotangents.get(operand.id);
        cotangents.set(operand.id, sofar ? add(graph, sofar, contribution) : contribution);
      });
  }
  return wrt.map((node) => cotangents.get(node.id) ?? broadcastTo(graph, graph.constant([0]), node.shape));
}
