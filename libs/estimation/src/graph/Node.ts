/** A value of the computation graph: what op makes it, from which operands, with which shape. */

export type Shape = readonly number[];
/** `float` is the engine's precision (float32 or float64); `int` is int32 (labels, indices). */
export type ElementType = 'float' | 'int';
export type AttributeValue = number | boolean | string | readonly number[];
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

/** All nodes that the given ones depend on, themselves included, operands before their users. */
export function topologicalOrder(roots: Iterable<Node>): Node[] {
  const order: Node[] = [];
  const seen = new Set<number>();
  const stack: { node: Node; next: number }[] = [];
  for (const root of roots) {
    if (!seen.has(root.id)) stack.push({ node: root, next: 0 });
    seen.add(root.id);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const operand = top.node.operands[top.next++];
      if (operand === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(operand.id)) {
        seen.add(operand.id);
        stack.push({ node: operand, next: 0 });
      }
    }
  }
  return order;
}
