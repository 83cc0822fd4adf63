/** Forward mode: the derivatives of nodes along a direction, as nodes of the same graph. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { topologicalOrder, type Node } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { opNamed } from '../ops/registry.ts';

/**
 * Pushes a tangent forward. `seeds` maps a node to its tangent, of the same shape; results have the shapes of the outputs,
 * null where an output does not depend on any seed. Applied to a gradient this is Pearlmutter's R-operator: exact H·v, no
 * differencing (Pearlmutter 1994). `vmap` widens it to k directions.
 */
export function tangents(
  graph: GraphBuilder,
  outputs: readonly Node[],
  seeds: ReadonlyMap<Node, Node>,
): (Node | null)[] {
  const found = new Map<number, Node | null>();
  for (const [node, tangent] of seeds) {
    if (!sameShape(tangent.shape, node.shape)) {
      const given = `${showShape(tangent.shape)} for a value of shape ${showShape(node.shape)}`;
      throw new EstimationError('SHAPE', `A tangent has the shape of its value; given ${given}.`);
    }
    found.set(node.id, tangent);
  }
  for (const node of topologicalOrder(outputs)) {
    if (found.has(node.id)) continue;
    const incoming = node.operands.map((operand) => found.get(operand.id) ?? null);
    const moves = incoming.some((tangent) => tangent !== null);
    found.set(node.id, moves ? opNamed(node.op).jvp(graph, node, incoming) : null);
  }
  return outputs.map((output) => found.get(output.id) ?? null);
}
