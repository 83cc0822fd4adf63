/** The examples that a loss is taken over: checked against the model once, then cut into batches. */
import { floatArray, type Precision, type TensorData, type Tensors } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, type ElementType, type Shape } from '../graph/Node.ts';
import { outputShape, type Problem } from './buildLoss.ts';
import { targetsFor } from './Loss.ts';

export interface Examples {
  /** [N, ...inputShape], row-major. */
  readonly inputs: ArrayLike<number>;
  /** Row-major, of the shape that `targetsFor` says: class indices [N], or numbers of the shape of the outputs. */
  readonly targets: ArrayLike<number>;
}

/** Examples computed together. */
export interface Batch {
  readonly examples: number;
  /** Its share of all examples. */
  readonly weight: number;
  /** Feeds `inputs` and `targets`. */
  readonly feeds: Tensors;
}

/** How many there are. Throws an EstimationError (SHAPE, BAD_OPTION) that names the row that does not fit. */
export function checkExamples({ model, loss }: Problem, { inputs, targets }: Examples): number {
  const outputs = outputShape(model);
  const target = targetsFor(loss, [1, ...outputs]);
  const perInput = sizeOf(model.inputShape);
  const perTarget = sizeOf(target.shape);
  const examples = targets.length / perTarget;
  if (examples === 0) throw new EstimationError('BAD_OPTION', 'There are no examples: `targets` is empty.');
  if (!Number.isInteger(examples)) {
    const given = `${targets.length} numbers are no multiple of ${perTarget}`;
    throw new EstimationError('SHAPE', `targets: expected ${perTarget} for each example; ${given}.`);
  }
  if (inputs.length !== examples * perInput) {
    const expected = `${examples} examples × ${perInput} = ${examples * perInput} numbers`;
    throw new EstimationError('SHAPE', `inputs: expected ${expected}, got ${inputs.length}.`);
  }
  if (target.type === 'int') checkIndices('targets', targets, outputs.at(-1) ?? 1);
  if (model.inputType === 'int') checkIndices('inputs', inputs, Infinity);
  return examples;
}

function checkIndices(name: string, values: ArrayLike<number>, bound: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isInteger(value) && value >= 0 && value < bound) continue;
    const expected = bound === Infinity ? 'a whole number from 0' : `0…${bound - 1}`;
    throw new EstimationError('BAD_OPTION', `${name}[${i}] is ${value}; expected ${expected}.`);
  }
}

/** Batches of `size` examples, the last one with what is left. */
export function batchesOf(
  { model, loss }: Problem,
  { inputs, targets }: Examples,
  examples: number,
  size: number,
  precision: Precision,
): Batch[] {
  const outputs = outputShape(model);
  const perInput = sizeOf(model.inputShape);
  const batches: Batch[] = [];
  for (let start = 0; start < examples; start += size) {
    const end = Math.min(start + size, examples);
    const count = end - start;
    const target = targetsFor(loss, [count, ...outputs]);
    const perTarget = sizeOf(target.shape) / count;
    batches.push({
      examples: count,
      weight: count / examples,
      feeds: {
        inputs: cut(inputs, start * perInput, [count, ...model.inputShape], model.inputType, precision),
        targets: cut(targets, start * perTarget, target.shape, target.type, precision),
      },
    });
  }
  return batches;
}

function cut(
  values: ArrayLike<number>,
  start: number,
  shape: Shape,
  type: ElementType,
  precision: Precision,
): TensorData {
  const count = sizeOf(shape);
  const data = type === 'int' ? new Int32Array(count) : floatArray(precision, count);
  for (let i = 0; i < count; i++) data[i] = values[start + i] ?? Number.NaN;
  return { shape, data };
}
