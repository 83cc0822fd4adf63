/** Vectorises a graph: from one value of some inputs to k values at once, by the batching rule of each op. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { topologicalOrder, type Node } from '../graph/Node.ts';
import { opNamed } from '../ops/registry.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import type { BatchedNode } from '../graph/BatchedNode.ts';
import { moveBatchAxis } from '../ops/batched.ts';

/**
 * `seeds` maps an input to its k values, [k, ...shape of the input]; results are [k, ...shape of the output]. What does not
 * depend on a seed stays single and is shared by all k. Each op chooses the axis along which its result holds the k values
 * so that the work is done in few large products; no axis is moved that need not be. Throws an EstimationError (UNSUPPORTED)
 * that names an op without a batching rule.
 */
export function vmap(graph: GraphBuilder, outputs: readonly Node[], seeds: ReadonlyMap<Node, Node>, k: number): Node[] {
  const found = new Map<number, BatchedNode>();
  for (const [node, values] of seeds) found.set(node.id, { node: values, axis: 0 });
  for (const node of topologicalOrder(outputs)) {
    if (found.has(node.id)) continue;
    const operands = node.operands.map((operand) => found.get(operand.id) ?? { node: operand, axis: null });
    if (operands.every(({ axis }) => axis === null)) {
      found.set(node.id, { node, axis: null });
      continue;
    }
    const op = opNamed(node.op);
    if (!op.vmap) throw new EstimationError('UNSUPPORTED', `${op.name} cannot be computed for k values at once.`);
    found.set(node.id, op.vmap(graph, node, operands));
  }
  return outputs.map((output) => {
    const batched = found.get(output.id) ?? { node: output, axis: null };
    return batched.axis === null ? broadcastTo(graph, output, [k, ...output.shape]) : moveBatchAxis(graph, batched, 0);
  });
}
