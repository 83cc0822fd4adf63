/** Fewer passes over the tangents: factors that do not vary are multiplied with each other first. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { topologicalOrder, type Node } from '../graph/Node.ts';
import { sameShape } from '../graph/shape.ts';
import { multiply } from '../ops/multiply.ts';

/** The factor of a product that varies, and the one that does not. */
interface Factors {
  readonly varying: Node;
  readonly fixed: Node;
}

/**
 * (v ⊙ p) ⊙ q → v ⊙ (p ⊙ q), where v depends on the varying inputs and p and q, of one shape, do not: the masks of a relu and of
 * the pooling behind it become one. p ⊙ q is computed with the primal values, once; v holds k tangents and is passed over once, not
 * twice. Left alone where v ⊙ p has another user.
 */
export function regroupFactors(graph: GraphBuilder, outputs: readonly Node[], varyingInputs: readonly Node[]): Node[] {
  const order = topologicalOrder(outputs);
  const varies = new Set(varyingInputs.map(({ id }) => id));
  const users = new Map<number, number>();
  for (const { id, operands } of order) {
    if (operands.some((operand) => varies.has(operand.id))) varies.add(id);
    for (const operand of operands) users.set(operand.id, (users.get(operand.id) ?? 0) + 1);
  }
  const factorsOf = ({ op, operands: [a, b] }: Node): Factors | null => {
    if (op !== 'multiply' || !a || !b || varies.has(a.id) === varies.has(b.id)) return null;
    return varies.has(a.id) ? { varying: a, fixed: b } : { varying: b, fixed: a };
  };
  const replaced = new Map<number, Node>();
  const now = (node: Node): Node => replaced.get(node.id) ?? node;
  for (const node of order) {
    const outer = factorsOf(node);
    const inner = outer && users.get(outer.varying.id) === 1 ? factorsOf(now(outer.varying)) : null;
    if (outer && inner && sameShape(inner.fixed.shape, outer.fixed.shape)) {
      // In the order of creation: forward and backward pass meet the same two the other way round.
      const [p, q] = inner.fixed.id < outer.fixed.id ? [inner.fixed, outer.fixed] : [outer.fixed, inner.fixed];
      replaced.set(node.id, multiply(graph, inner.varying, multiply(graph, p, q)));
    } else if (node.operands.some((operand) => replaced.has(operand.id))) {
      replaced.set(node.id, graph.apply(node.op, node.operands.map(now), node.attributes));
    }
    if (varies.has(node.id)) varies.add(now(node).id);
  }
  return outputs.map(now);
}
