/**
 * The sum of two convolutions in blocks of channels as one that starts from the other: what a product rule adds up, W ∗ ẋ + V ∗ x, then takes one
 * pass over the images and one reordering less. k images of O channels and one image of k · O lie in the same order in blocks, as
 * they do in rows.
 */
import type onnxProto from 'onnx-proto';
import type { Shape } from '../../graph/Node.ts';

type NodeProto = onnxProto.onnx.INodeProto;

/** A value of the graph that is a convolution put back into the order of rows, by the nodes `last` of which the last gives it. */
interface Convolution {
  readonly node: NodeProto;
  readonly position: number;
  readonly last: readonly NodeProto[];
}

function only<T>(list: readonly T[] | null | undefined): T | undefined {
  return list?.length === 1 ? list[0] : undefined;
}

/**
 * `shapes`: of every convolution in blocks, by the name of its output; `outputs`: names of values that stay what they are. `reshape` adds a node that
 * gives a value another shape, and returns it.
 */
export function sumsInBlocks(
  nodes: readonly NodeProto[],
  shapes: ReadonlyMap<string, Shape>,
  outputs: ReadonlySet<string>,
  reshape: (name: string, shape: Shape) => NodeProto,
): NodeProto[] {
  if (shapes.size === 0) return [...nodes];
  const makers = new Map(
    nodes.flatMap((node, position) => (node.output ?? []).map((name) => [name, { node, position }])),
  );
  const uses = new Map<string, number>();
  for (const name of nodes.flatMap(({ input }) => input ?? [])) uses.set(name, (uses.get(name) ?? 0) + 1);

  /** Follows a value that nothing else reads back to its convolution. */
  const convolutionOf = (name: string): Convolution | undefined => {
    const last: NodeProto[] = [];
    for (let current = name; ;) {
      const made = makers.get(current);
      if (!made || uses.get(current) !== 1 || outputs.has(current)) return undefined;
      if (shapes.has(current)) return { ...made, last };
      if (made.node.opType !== 'Reshape' && made.node.opType !== 'ReorderOutput') return undefined;
      last.unshift(made.node);
      current = made.node.input?.[0] ?? '';
    }
  };

  const removed = new Set<NodeProto>();
  const before = new Map<NodeProto, NodeProto>();
  const instead = new Map<NodeProto, readonly NodeProto[]>();
  for (const node of nodes) {
    const [a, b] = node.opType === 'Add' ? (node.input ?? []).map(convolutionOf) : [];
    if (!a || !b) continue;
    const [first, second] = a.position < b.position ? [a, b] : [b, a];
    const [from, to] = [shapes.get(only(first.node.output) ?? ''), shapes.get(only(second.node.output) ?? '')];
    // Both are of the same size, as they are added; the images of the two must be, too.
    if (!from || !to || from.slice(2).join() !== to.slice(2).join()) continue;
    const start = reshape(only(first.node.output) ?? '', to);
    const [images = '', kernels = '', bias = ''] = second.node.input ?? [];
    second.node.input = [images, kernels, bias, only(start.output) ?? ''];
    before.set(second.node, start);
    for (const last of first.last) removed.add(last);
    for (const last of second.last) removed.add(last);
    instead.set(
      node,
      second.last.map((last, i) => (i === second.last.length - 1 ? { ...last, output: node.output ?? [] } : last)),
    );
  }
  return nodes.flatMap((node) => {
    if (removed.has(node)) return [];
    const start = before.get(node);
    return instead.get(node) ?? (start ? [start, node] : [node]);
  });
}
