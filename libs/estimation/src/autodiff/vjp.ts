/** Reverse mode: the gradient of a scalar node with respect to others, as nodes of the same graph. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, topologicalOrder, type Node } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { add } from '../ops/add.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { opNamed } from '../ops/registry.ts';

/** ∂scalar/∂w for every w of `wrt`, each with the shape of its w; zeros where the scalar does not depend on it. */
export function gradients(graph: GraphBuilder, scalar: Node, wrt: readonly Node[]): Node[] {
  if (sizeOf(scalar.shape) !== 1) {
    throw new EstimationError('SHAPE', `A gradient needs a scalar; the loss has shape ${showShape(scalar.shape)}.`);
  }
  return cotangents(graph, scalar, graph.constant([1], scalar.shape), wrt);
}

/** The cotangent of `output` pulled back: Σ cotangent · ∂output/∂w for every w of `wrt`. */
export function cotangents(graph: GraphBuilder, output: Node, cotangent: Node, wrt: readonly Node[]): Node[] {
  if (!sameShape(cotangent.shape, output.shape)) {
    const given = `${showShape(cotangent.shape)} for a value of shape ${showShape(output.shape)}`;
    throw new EstimationError('SHAPE', `A cotangent has the shape of its value; given ${given}.`);
  }
  const order = topologicalOrder([output]);
  const active = new Set(wrt.map((node) => node.id));
  for (const node of order) if (node.operands.some((operand) => active.has(operand.id))) active.add(node.id);

  const found = new Map<number, Node>([[output.id, cotangent]]);
  for (const node of order.reverse()) {
    const incoming = found.get(node.id);
    if (!incoming || !active.has(node.id) || node.operands.length === 0) continue;
    opNamed(node.op)
      .vjp(graph, node, incoming)
      .forEach((contribution, position) => {
        const operand = node.operands[position];
        if (!contribution || !operand || !active.has(operand.id)) return;
        const sofar = found.get(operand.id);
        found.set(operand.id, sofar ? add(graph, sofar, contribution) : contribution);
      });
  }
  return wrt.map((node) => found.get(node.id) ?? broadcastTo(graph, graph.constant([0]), node.shape));
}
