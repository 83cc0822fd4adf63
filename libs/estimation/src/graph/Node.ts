/** A value of the computation graph: what op makes it, from which operands, with which shape. */

export type Shape = readonly number[];
/** `float` is the engine's precision (float32 or float64); `int` is int32 (labels, indices). */
export type ElementType = 'float' | 'int';
type AttributeValue = number | boolean | string | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Node {
  readonly id: number;
  /** Name of an op of the registry; `input` and `constant` are the leaves. */
  readonly op: string;
  readonly operands: readonly Node[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly type: ElementType;
  /** Of an `input`: the name it is fed by. */
  readonly name?: string;
  /** Of a `constant`: its elements, row-major. */
  readonly values?: readonly number[];
}

/** Named outputs; everything they depend on is the graph. */
export interface Graph {
  readonly outputs: Readonly<Record<string, Node>>;
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * All nodes that the given ones depend on, themselves included, operands before their users. Depth first: from root to root, and from
 * operand to operand in the order of `operandsOf`.
 */
export function topologicalOrder(
  roots: Iterable<Node>,
  operandsOf: (node: Node) => readonly Node[] = ({ operands }) => operands,
): Node[] {
  const order: Node[] = [];
  const seen = new Set<number>();
  const stack: { readonly node: Node; readonly operands: readonly Node[]; next: number }[] = [];
  const enter = (node: Node): void => void stack.push({ node, operands: operandsOf(node), next: 0 });
  for (const root of roots) {
    if (!seen.has(root.id)) enter(root);
    seen.add(root.id);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const operand = top.operands[top.next++];
      if (operand === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(operand.id)) {
        seen.add(operand.id);
        enter(operand);
      }
    }
  }
  return order;
}
