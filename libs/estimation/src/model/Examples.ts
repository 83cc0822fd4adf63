/** The examples that a loss is taken over: checked against the model once, then cut into batches. */
import { floatArray, type Precision } from '@ritz/lanczos';
import { type TensorData, type Tensors } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, type ElementType, type Shape } from '../graph/Node.ts';
import { batchOutputShape, otherInputName } from './applyModel.ts';
import type { Problem } from './buildLoss.ts';
import { classCount, takesLabels } from './Loss.ts';
import type { Model } from './Model.ts';
import { checkLoss, divisorOf, hasIgnored, targetFeeds, targetsFor, termsOf } from './targets.ts';

export interface Examples {
  /** [N, ...inputShape], row-major. */
  readonly inputs: ArrayLike<number>;
  /** Of the model's other inputs, by name: [N, ...shape], row-major. */
  readonly otherInputs?: Readonly<Record<string, ArrayLike<number>>>;
  /** Row-major, of the shape that `targetsFor` says: class indices [N], or numbers of the shape of the outputs. Empty for none. */
  readonly targets: ArrayLike<number>;
}

/** Examples computed together. */
export interface Batch {
  readonly examples: number;
  /** Its share of all examples. */
  readonly share: number;
  /** The loss over all examples is the sum of the batches' losses, each times this. */
  readonly weight: number;
  /** Feeds `inputs`, `other0`, … and those of `targetFeeds`. */
  readonly feeds: Tensors;
}

/** How many there are. Throws an EstimationError (SHAPE, BAD_OPTION) that names the row that does not fit. */
export function checkExamples({ model, loss }: Problem, { inputs, otherInputs = {}, targets }: Examples): number {
  const outputs = batchOutputShape(model, 1);
  checkLoss(loss, outputs);
  const target = targetsFor(loss, outputs);
  const perInput = sizeOf(model.inputShape);
  const perTarget = target && sizeOf(target.shape);
  const examples = perTarget === null ? inputs.length / perInput : targets.length / perTarget;
  if (examples === 0) {
    const empty = perTarget === null ? 'inputs' : 'targets';
    throw new EstimationError('BAD_OPTION', `There are no examples: \`${empty}\` is empty.`);
  }
  if (perTarget !== null && !Number.isInteger(examples)) {
    const given = `${targets.length} numbers are no multiple of ${perTarget}`;
    throw new EstimationError('SHAPE', `targets: expected ${perTarget} for each example; ${given}.`);
  }
  checkLength('inputs', inputs, Math.floor(examples), perInput);
  if (model.inputType === 'int') checkIndices('inputs', inputs, Infinity);
  for (const { name, shape, type } of model.otherInputs ?? []) {
    const values = otherInputs[name];
    if (!values) throw new EstimationError('BAD_OPTION', `otherInputs: expected values of "${name}", got none.`);
    checkLength(`otherInputs.${name}`, values, examples, sizeOf(shape));
    if (type === 'int') checkIntegers(`otherInputs.${name}`, values);
  }
  if (takesLabels(loss)) {
    const ignored = hasIgnored(loss) ? loss.ignoreIndex : null;
    checkIndices('targets', targets, classCount(loss, outputs), ignored);
  }
  return examples;
}

function checkLength(name: string, values: ArrayLike<number>, examples: number, each: number): void {
  if (values.length === examples * each) return;
  const expected = `${examples} examples × ${each} = ${examples * each} numbers`;
  throw new EstimationError('SHAPE', `${name}: expected ${expected}, got ${values.length}.`);
}

function checkIndices(name: string, values: ArrayLike<number>, bound: number, ignored: number | null = null): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if ((Number.isInteger(value) && value >= 0 && value < bound) || value === ignored) continue;
    const expected = bound === Infinity ? 'an integer from 0' : `0…${bound - 1}`;
    const or = ignored === null ? '' : ` or ${ignored}`;
    throw new EstimationError('BAD_OPTION', `${name}[${i}] is ${value}; expected ${expected}${or}.`);
  }
}

function checkIntegers(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isInteger(values[i])) continue;
    throw new EstimationError('BAD_OPTION', `${name}[${i}] is ${values[i]}; expected an integer.`);
  }
}

/** Batches of `size` examples, the last one with what is left. */
export function batchesOf(
  { model, loss }: Problem,
  examples: Examples,
  count: number,
  size: number,
  precision: Precision,
): Batch[] {
  const ofOne = batchOutputShape(model, 1);
  const outputsOf = (length: number): Shape => (ofOne.length === 0 ? ofOne : [length, ...ofOne.slice(1)]);
  const perTarget = sizeOf(targetsFor(loss, ofOne)?.shape ?? [0]);
  const divisor = divisorOf(loss, outputsOf(count), examples.targets);
  const batches: Batch[] = [];
  for (let start = 0; start < count; start += size) {
    const length = Math.min(start + size, count) - start;
    const outputs = outputsOf(length);
    batches.push({
      examples: length,
      share: length / count,
      weight: termsOf(loss, outputs) / divisor,
      feeds: {
        ...inputFeeds(model, examples, start, length, precision),
        ...targetFeeds(loss, outputs, examples.targets, start * perTarget, precision),
      },
    });
  }
  return batches;
}

function inputFeeds(
  model: Model,
  { inputs, otherInputs = {} }: Examples,
  start: number,
  length: number,
  precision: Precision,
): Tensors {
  const all = [
    { feed: 'inputs', values: inputs, shape: model.inputShape, type: model.inputType },
    ...(model.otherInputs ?? []).map(({ name, shape, type }, position) => ({
      feed: otherInputName(position),
      values: otherInputs[name] ?? [],
      shape,
      type,
    })),
  ];
  return Object.fromEntries(
    all.map(({ feed, values, shape, type }) => [feed, cut(values, start, [length, ...shape], type, precision)]),
  );
}

/** The rows from `start` on that fill `shape`. */
function cut(
  values: ArrayLike<number>,
  start: number,
  shape: Shape,
  type: ElementType,
  precision: Precision,
): TensorData {
  const count = sizeOf(shape);
  const offset = start * sizeOf(shape.slice(1));
  const data = type === 'int' ? new Int32Array(count) : floatArray(precision, count);
  for (let i = 0; i < count; i++) data[i] = values[offset + i] ?? Number.NaN;
  return { shape, data };
}
