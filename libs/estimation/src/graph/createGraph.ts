/** Makes nodes: checks operands, infers shapes, and gives equal expressions one node, so that nothing is computed twice. */
import { EstimationError } from '../error/EstimationError.ts';
import { opNamed } from '../ops/registry.ts';
import type { GraphBuilder } from './GraphBuilder.ts';
import { sizeOf, type Attributes, type ElementType, type Node, type Shape } from './Node.ts';

/** An empty graph. */
export function createGraph(): GraphBuilder {
  return new InterningGraph();
}

class InterningGraph implements GraphBuilder {
  private readonly interned = new Map<string, Node>();
  private readonly inputs = new Map<string, Node>();
  private nextId = 0;

  input(name: string, shape: Shape, type: ElementType = 'float'): Node {
    if (this.inputs.has(name))
      throw new EstimationError('BAD_OPTION', `The graph already has an input named "${name}".`);
    const node: Node = { id: this.nextId++, op: 'input', operands: [], attributes: {}, shape: [...shape], type, name };
    this.inputs.set(name, node);
    return node;
  }

  constant(values: readonly number[], shape: Shape = [], type: ElementType = 'float'): Node {
    if (values.length !== sizeOf(shape)) {
      throw new EstimationError('SHAPE', `constant: ${values.length} values cannot fill shape [${shape.join(', ')}].`);
    }
    return this.intern(`constant ${type} ${shape.join()} ${values.join()}`, {
      op: 'constant',
      operands: [],
      attributes: {},
      shape: [...shape],
      type,
      values: [...values],
    });
  }

  apply(name: string, operands: readonly Node[], attributes: Attributes = {}): Node {
    const op = opNamed(name);
    const shape = op.shape(
      operands.map((operand) => operand.shape),
      attributes,
    );
    return this.intern(`${name} ${operands.map((operand) => operand.id).join()} ${JSON.stringify(attributes)}`, {
      op: name,
      operands: [...operands],
      attributes,
      shape,
      type: op.type?.(operands.map((operand) => operand.type)) ?? 'float',
    });
  }

  private intern(key: string, node: Omit<Node, 'id'>): Node {
    const existing = this.interned.get(key);
    if (existing) return existing;
    const made: Node = { id: this.nextId++, ...node };
    this.interned.set(key, made);
    return made;
  }
}
