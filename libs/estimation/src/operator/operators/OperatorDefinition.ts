/** What a curvature operator is made of: everything that differs between them, in one place for each. */
import type { Node } from '../../graph/Node.ts';
import type { LossGraph, Problem } from '../../model/buildLoss.ts';
import type { Batch } from '../../model/Examples.ts';
import type { Loss } from '../../model/Loss.ts';

/** `seeds` maps a parameter to its direction; the result has a product for each parameter. */
type ProductRule = (built: LossGraph, parameters: readonly Node[], seeds: ReadonlyMap<Node, Node>) => Node[];

export interface Sizes {
  readonly examples: number;
  /** As it was asked for. */
  readonly microBatch: number | undefined;
}

export interface OperatorDefinition {
  /** The product with one vector over one micro-batch. */
  readonly product: ProductRule;
  /** The factor of a micro-batch's products in their sum. */
  readonly batchFactor: (loss: Loss, batch: Batch) => number;
  /** Whether weight decay λ/2 ‖w‖² adds λ to the diagonal. */
  readonly addsWeightDecay: boolean;
  /** Whether it is made of the gradients of single examples, which must then not depend on each other. */
  readonly isOfExamples: boolean;
  /** Whether it is made of the gradients of mini-batches, so that it depends on their size, `microBatch`. */
  readonly isOfMiniBatches: boolean;
  /** Whether the outer product of the mean gradient is subtracted. */
  readonly isCentred: boolean;
  /** Why the loss or the examples do not have it, as a message; null where they do. */
  readonly fault: (problem: Problem, sizes: Sizes) => string | null;
}
