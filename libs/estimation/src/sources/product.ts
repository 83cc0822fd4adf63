/** Matrix products of values with leading axes. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { matmul } from '../ops/matmul.ts';
import { reshape } from '../ops/reshape.ts';

/** A [..., m, p] · B [..., p, n]; against a single matrix B all rows of A are one large matrix, which is one product. */
export function product(graph: GraphBuilder, a: Node, b: Node): Node {
  if (a.shape.length <= 2 || b.shape.length !== 2) return matmul(graph, a, b);
  const rows = reshape(graph, a, [-1, a.shape.at(-1) ?? 1]);
  return reshape(graph, matmul(graph, rows, b), [...a.shape.slice(0, -1), b.shape[1] ?? 1]);
}
