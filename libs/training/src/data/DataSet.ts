/** Labelled examples in memory. */

export interface DataSet {
  readonly name: string;
  /** [examples, ...inputShape], row-major, already scaled. */
  readonly inputs: Float32Array;
  /** Class indices [examples]. */
  readonly labels: Int32Array;
  readonly inputShape: readonly number[];
  readonly classes: number;
}

export interface SplitDataSet {
  readonly train: DataSet;
  readonly test: DataSet;
}

/** Numbers per example. */
export function exampleSize({ inputShape }: DataSet): number {
  return inputShape.reduce((product, length) => product * length, 1);
}

/** Examples without the description of the set they are from. */
export type Examples = Pick<DataSet, 'inputs' | 'labels'>;

/** Copies the examples at the given positions. */
export function selectExamples(data: DataSet, positions: ArrayLike<number>): Examples {
  const size = exampleSize(data);
  const inputs = new Float32Array(positions.length * size);
  const labels = new Int32Array(positions.length);
  for (let row = 0; row < positions.length; row++) {
    const position = positions[row] ?? 0;
    inputs.set(data.inputs.subarray(position * size, (position + 1) * size), row * size);
    labels[row] = data.labels[position] ?? 0;
  }
  return { inputs, labels };
}
