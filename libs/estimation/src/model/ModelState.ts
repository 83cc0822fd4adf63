/** What a model builds its outputs from, besides its inputs: nodes by the names that the model declares. */
import type { Node } from '../graph/Node.ts';

/**
 * Where batch norm takes its statistics from. `minibatch`: the examples computed together, differentiated through. `running`: the model's
 * buffers. `population`: all examples of the data set, by `populationStatistics`; constants like the buffers, whose place they take.
 */
export type BatchNormMode = 'minibatch' | 'running' | 'population';

export interface ModelState {
  /** Throws an EstimationError (BAD_OPTION) for a name that the model does not declare; so do `buffer` and `input`. */
  parameter(name: string): Node;
  buffer(name: string): Node;
  /** One of the model's `otherInputs`, [N, ...shape]. */
  input(name: string): Node;
  /** Whether batch norm normalises by the statistics of the batch (else by its buffers). */
  readonly batchStatistics: boolean;
  /** Tells the statistics of this batch that two buffers stand for: training and the population's statistics use them. */
  observe(buffers: Statistics<string>, values: Statistics<Node>): void;
}

/** Per channel; the variance is divided by the count. */
export interface Statistics<T> {
  readonly mean: T;
  readonly variance: T;
}
