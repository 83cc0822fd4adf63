/** A node that may hold several values along a batch axis. */
import type { Node } from './Node.ts';

/** `node` holds k values of equal shape along `axis`; null: it is one value, the same for all k. */
export interface BatchedNode {
  readonly node: Node;
  readonly axis: number | null;
}
