/** Labelled examples in memory. */
import { sizeOf } from '@ritz/estimation';

export interface DataSet {
  readonly name: string;
  /** [examples, ...inputShape], row-major, already scaled. */
  readonly inputs: Float32Array;
  /** Class indices [examples], or [examples, tokens] where each token of an example has one. */
  readonly labels: Int32Array;
  readonly inputShape: readonly number[];
  readonly classes: number;
}

export interface SplitDataSet {
  readonly train: DataSet;
  readonly test: DataSet;
}

/** Numbers per example. */
export function exampleSize({ inputShape }: Pick<DataSet, 'inputShape'>): number {
  return sizeOf(inputShape);
}

export function exampleCount(data: Pick<DataSet, 'inputs' | 'inputShape'>): number {
  return data.inputs.length / sizeOf(data.inputShape);
}

/** Examples without the description of the set they are from. */
export type Examples = Pick<DataSet, 'inputs' | 'labels'>;

/** Copies the examples at the given positions. */
export function selectExamples(data: DataSet, positions: ArrayLike<number>): Examples {
  const size = exampleSize(data);
  const inputs = new Float32Array(positions.length * size);
  const each = data.labels.length / exampleCount(data);
  const labels = new Int32Array(positions.length * each);
  for (let row = 0; row < positions.length; row++) {
    const position = positions[row] ?? 0;
    inputs.set(data.inputs.subarray(position * size, (position + 1) * size), row * size);
    labels.set(data.labels.subarray(position * each, (position + 1) * each), row * each);
  }
  return { inputs, labels };
}
