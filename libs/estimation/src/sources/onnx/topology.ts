/** The order of a graph's nodes: each after those that make its inputs. */
import { EstimationError } from '../../error/EstimationError.ts';
import { describeNode, type OnnxNode } from './OnnxGraph.ts';

/** The nodes as they are where the order is right. Throws an EstimationError (BAD_FILE) that names the nodes of a cycle. */
export function inOrder(nodes: readonly OnnxNode[]): readonly OnnxNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const done = new Set<OnnxNode>();
  const ordered: OnnxNode[] = [];
  for (const node of nodes) place(node, makers, done, ordered);
  return ordered;
}

/** Depth first without recursion: graphs are deeper than the stack. */
function place(last: OnnxNode, makers: ReadonlyMap<string, OnnxNode>, done: Set<OnnxNode>, ordered: OnnxNode[]): void {
  const path: { readonly node: OnnxNode; next: number }[] = [{ node: last, next: 0 }];
  const open = new Set([last]);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const { node, next } = top;
    const name = node.inputs[next];
    if (done.has(node) || name === undefined) {
      if (!done.has(node)) ordered.push(node);
      done.add(node);
      open.delete(node);
      path.pop();
      continue;
    }
    top.next++;
    const maker = makers.get(name);
    if (!maker || done.has(maker)) continue;
    if (open.has(maker))
      throw cycle(
        path.map((step) => step.node),
        maker,
      );
    open.add(maker);
    path.push({ node: maker, next: 0 });
  }
}

function cycle(path: readonly OnnxNode[], from: OnnxNode): EstimationError {
  const nodes = path.slice(path.indexOf(from)).map(describeNode);
  const list = nodes.length > 4 ? `${nodes.slice(0, 4).join(', ')} and ${nodes.length - 4} more` : nodes.join(', ');
  return new EstimationError(
    'BAD_FILE',
    `The ONNX graph: expected no cycles, got one through ${list}. Export the network again.`,
  );
}
