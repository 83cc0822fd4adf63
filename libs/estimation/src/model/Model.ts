/** A network, described by how its outputs are built onto a graph. The loss is not part of it: see `Loss`. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type ElementType, type Node, type Shape } from '../graph/Node.ts';
import type { ModelState } from './ModelState.ts';

/** A parameter or a buffer. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** An input beside the first one, such as the mask of a text. */
export interface ModelInput extends NamedShape {
  readonly type: ElementType;
}

export interface Model {
  readonly name: string;
  /** What is differentiated. The parameter vector is these, one after the other, each row-major. Names are unique. */
  readonly parameters: readonly NamedShape[];
  /** State that is not differentiated, such as the running statistics of batch norm; laid out like the parameters. */
  readonly buffers: readonly NamedShape[];
  /** Shape of one example. */
  readonly inputShape: Shape;
  /** `int` for indices such as tokens. */
  readonly inputType: ElementType;
  /** Inputs beside the one given to `forward`: shapes of one example. `forward` takes them from its state. */
  readonly otherInputs?: readonly ModelInput[];
  /** Outputs [N, ...] of `inputs` [N, ...inputShape]: logits where the loss is a cross entropy. */
  forward(graph: GraphBuilder, inputs: Node, state: ModelState): Node;
}

/** n, the length of the parameter vector. */
export function parameterCount(model: Model): number {
  return elementCount(model.parameters);
}

/** Numbers that these tensors hold together. */
export function elementCount(tensors: readonly NamedShape[]): number {
  return tensors.reduce((count, { shape }) => count + sizeOf(shape), 0);
}
