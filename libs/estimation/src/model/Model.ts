/** A network with a scalar loss, described by how it is built onto a graph. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
}

export interface Batch {
  /** [N, ...inputShape] */
  readonly inputs: Node;
  /** Class indices, int [N]. */
  readonly labels: Node;
}

export interface Model {
  readonly name: string;
  /** The parameter vector is these, one after the other, each row-major. */
  readonly parameters: readonly Parameter[];
  /** Shape of one example. */
  readonly inputShape: Shape;
  readonly classes: number;
  /** `loss` is the scalar mean over the batch, `logits` [N, classes]; `parameters` are in the order of the list above. */
  build(graph: GraphBuilder, batch: Batch, parameters: readonly Node[]): { readonly loss: Node; readonly logits: Node };
}

/** n, the length of the parameter vector. */
export function parameterCount(model: Model): number {
  return model.parameters.reduce((count, { shape }) => count + sizeOf(shape), 0);
}
