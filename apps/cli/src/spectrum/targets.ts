/** From a .npy file to the targets of a loss. */
import { sizeOf, type Loss, type Shape } from '@ritz/estimation';
import type { NpyArray } from '@ritz/training';
import { CliError } from '../terminal/cli-error.ts';
import { placeOf } from './place.ts';
import type { LossName } from './options.ts';

export interface TargetSource {
  readonly file: string;
  readonly labels: NpyArray;
  /** N of the data. */
  readonly examples: number;
  /** Of one example. */
  readonly outputs: Shape;
  readonly loss: LossName;
}

export interface Targets {
  readonly targets: Float64Array | Int32Array;
  readonly loss: Loss;
}

/** Throws a CliError that names the file, and the row where there is one. */
export function readTargets(source: TargetSource): Targets {
  const { file, labels, examples, loss } = source;
  if (labels.shape[0] !== examples) {
    throw new CliError(`${file} has ${labels.shape[0] ?? 'no'} rows, but there are ${examples} examples.`);
  }
  const bad = labels.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new CliError(`${file}: ${placeOf(bad, labels.shape)} is ${labels.data[bad]}; expected a number.`);
  const perExample = sizeOf(labels.shape.slice(1));
  const isSoft = labels.type === 'float' && perExample === sizeOf(source.outputs) && perExample > 1;
  if (loss === 'cross-entropy' && !isSoft) return classIndices(source);
  return numbers(source);
}

/** Integers [N] for outputs [N, C], [N, T] for outputs [N, T, C]. */
function classIndices({ file, labels, outputs }: TargetSource): Targets {
  const classes = outputs.at(-1) ?? 1;
  const expected = outputs.slice(0, -1);
  const shape = `[N${expected.map((length) => `, ${length}`).join('')}]`;
  if (labels.type !== 'int') {
    throw new CliError(
      `${file} holds real numbers; --loss cross-entropy takes class indices ${shape} (int64), or a probability for each class.`,
    );
  }
  if (sizeOf(labels.shape.slice(1)) !== sizeOf(expected)) {
    throw new CliError(`${file}: expected class indices ${shape}, got shape [${labels.shape.join(', ')}].`);
  }
  const bad = labels.data.findIndex((label) => label < 0 || label >= classes);
  if (bad >= 0) {
    const place = placeOf(bad, labels.shape);
    throw new CliError(`${file}: ${place} is ${labels.data[bad]}; the model has classes 0 to ${classes - 1}.`);
  }
  return { targets: Int32Array.from(labels.data), loss: { kind: 'softmaxCrossEntropy' } };
}

/** Of the shape of the outputs; a single output may be left out as an axis. */
function numbers({ file, labels, outputs, loss }: TargetSource): Targets {
  if (sizeOf(labels.shape.slice(1)) !== sizeOf(outputs)) {
    const expected = `[${['N', ...outputs].join(', ')}] for --loss ${loss}`;
    throw new CliError(`${file}: expected targets ${expected}, got shape [${labels.shape.join(', ')}].`);
  }
  const isProbability = loss !== 'mean-squared-error';
  const bad = labels.data.findIndex((value) => isProbability && (value < 0 || value > 1));
  if (bad >= 0) {
    const place = placeOf(bad, labels.shape);
    throw new CliError(`${file}: ${place} is ${labels.data[bad]}; --loss ${loss} takes numbers from 0 to 1.`);
  }
  const targets = Float64Array.from(labels.data);
  if (loss === 'cross-entropy') {
    requireSums(file, labels, outputs.at(-1) ?? 1);
    return { targets, loss: { kind: 'softmaxCrossEntropy', targets: 'probabilities' } };
  }
  return { targets, loss: { kind: loss === 'mean-squared-error' ? 'meanSquaredError' : 'binaryCrossEntropy' } };
}

/** Wider than the rounding of probabilities that were stored in half precision. */
const sumTolerance = 0.01;

/** Throws a CliError for the first probabilities of the classes that are none together. */
function requireSums(file: string, { data, shape }: NpyArray, classes: number): void {
  for (let start = 0; start < data.length; start += classes) {
    let sum = 0;
    for (let at = start; at < start + classes; at++) sum += data[at] ?? 0;
    if (Math.abs(sum - 1) <= sumTolerance) continue;
    const place = `${placeOf(start, shape).replace('element', 'elements')} to ${(start % (data.length / (shape[0] ?? 1))) + classes - 1}`;
    throw new CliError(
      `${file}: ${place} add up to ${Number(sum.toPrecision(4))}; --loss cross-entropy takes probabilities, which add up to 1.`,
    );
  }
}
