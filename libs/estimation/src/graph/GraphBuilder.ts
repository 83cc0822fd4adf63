/** What makes the nodes of a graph; `createGraph` returns one. */
import type { Attributes, ElementType, Node, Shape } from './Node.ts';

export interface GraphBuilder {
  /** A value fed at run time under `name`. Throws an EstimationError (BAD_OPTION) for a name that is taken. */
  input(name: string, shape: Shape, type?: ElementType): Node;
  /** A fixed value, row-major. Throws an EstimationError (SHAPE) for another number of values than the shape holds. */
  constant(values: readonly number[], shape?: Shape, type?: ElementType): Node;
  /** Applies an op of the registry. Throws an EstimationError (SHAPE) when the operands do not fit. */
  apply(op: string, operands: readonly Node[], attributes?: Attributes): Node;
}
