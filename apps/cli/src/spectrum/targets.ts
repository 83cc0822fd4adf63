/** Turns an array of labels into the targets of a loss. */
import { sizeOf, type Shape } from '@ritz/estimation';
import type { NpyArray } from '@ritz/training';
import { CliError } from '../terminal/cliError.ts';
import type { LossName } from './lossOptions.ts';
import { placeOf } from './place.ts';

export interface TargetSource {
  readonly file: string;
  readonly labels: NpyArray;
  /** [N, ...] */
  readonly outputs: Shape;
  readonly loss: LossName;
}

/** Whether these are probabilities of each class rather than class indices. */
export function areProbabilities({ labels, outputs, loss }: TargetSource): boolean {
  return (
    loss === 'cross-entropy' &&
    labels.type === 'float' &&
    sizeOf(outputs) > (outputs[0] ?? 1) &&
    sameShape(labels.shape, outputs)
  );
}

/** Throws a CliError for another number of rows than there are examples, and for labels that are not finite. */
export function checkLabels({ file, labels, outputs }: TargetSource): void {
  if (labels.shape[0] !== outputs[0]) {
    throw new CliError(`${file}: expected ${outputs[0]} rows, one for each example, got ${labels.shape[0] ?? 'none'}.`);
  }
  const bad = labels.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new CliError(`${file}: expected numbers, got ${labels.data[bad]} in ${placeOf(bad, labels.shape)}.`);
}

/** Compares shapes; axes of length 1 may be missing in either. */
function sameShape(a: Shape, b: Shape): boolean {
  const longer = (shape: Shape): string => shape.filter((length, axis) => axis === 0 || length !== 1).join();
  return longer(a) === longer(b);
}

function shown(shape: Shape): string {
  return `[${['N', ...shape.slice(1)].join(', ')}]`;
}

/**
 * The axis of the classes: the only one without which the outputs have the shape of the labels, or the one asked for. Throws a CliError
 * that says what to type where several fit.
 */
export function classAxisOf(source: TargetSource, asked: number | undefined): number {
  const { file, labels, outputs, loss } = source;
  const isSoft = areProbabilities(source);
  const axes = outputs.flatMap((_, axis) => (axis > 0 ? [axis] : []));
  const fitting = axes.filter((axis) => isSoft || sameShape(labels.shape, outputs.toSpliced(axis, 1)));
  if (axes.length === 0) {
    throw new CliError(
      `--loss ${loss}: expected outputs [N, classes], got ${shown(outputs)}. Take another loss, or another --output.`,
    );
  }
  if (asked !== undefined && asked >= outputs.length) {
    throw new CliError(
      `--class-axis: expected 1 to ${outputs.length - 1} for outputs ${shown(outputs)}, got ${asked}.`,
    );
  }
  if (!isSoft && labels.type !== 'int') {
    const wanted = [...new Set(axes.map((axis) => shown(outputs.toSpliced(axis, 1))))].join(' or ');
    const or = loss === 'cross-entropy' ? ', or a probability for each class' : '';
    throw new CliError(`${file}: expected class indices ${wanted} (int64)${or} for --loss ${loss}, got real numbers.`);
  }
  const [axis] = asked === undefined ? fitting : fitting.filter((each) => each === asked);
  if (axis === undefined) {
    const wanted = asked === undefined ? axes : [asked];
    const expected = [...new Set(wanted.map((each) => shown(outputs.toSpliced(each, 1))))].join(' or ');
    throw new CliError(
      `${file}: expected class indices ${expected} for outputs ${shown(outputs)}, got shape [${labels.shape.join(', ')}].`,
    );
  }
  if (asked !== undefined || fitting.length === 1) return axis;
  const choices = fitting.map((each) => `--class-axis ${each}${each === 1 ? ' (as in PyTorch)' : ''}`).join(' or ');
  const fit = `outputs ${shown(outputs)} and labels ${shown(labels.shape)} do not say where the classes are`;
  throw new CliError(`--class-axis: ${fit}. Give ${choices}.`);
}

/** Class indices, `ignored` among them. Throws a CliError that names the row of one that is neither. */
export function classIndices(
  { file, labels, outputs }: TargetSource,
  axis: number,
  ignored: number | null,
): Int32Array {
  const classes = outputs[axis] ?? 1;
  const bad = labels.data.findIndex((label) => (label < 0 || label >= classes) && label !== ignored);
  if (bad >= 0) {
    const place = placeOf(bad, labels.shape);
    throw new CliError(
      `${file}: expected classes 0 to ${classes - 1}, as the model has, got ${labels.data[bad]} in ${place}.`,
    );
  }
  return Int32Array.from(labels.data);
}

/** Numbers of the shape of the outputs. Throws a CliError for another shape, and outside of 0 to 1 where they are probabilities. */
export function numbers({ file, labels, outputs, loss }: TargetSource): Float64Array {
  if (!sameShape(labels.shape, outputs)) {
    const expected = `${shown(outputs)} for --loss ${loss}`;
    throw new CliError(`${file}: expected targets ${expected}, got shape [${labels.shape.join(', ')}].`);
  }
  const isProbability = loss === 'cross-entropy' || loss === 'binary-cross-entropy';
  const bad = labels.data.findIndex((value) => isProbability && (value < 0 || value > 1));
  if (bad >= 0) {
    const place = placeOf(bad, labels.shape);
    throw new CliError(
      `${file}: expected numbers from 0 to 1 for --loss ${loss}, got ${labels.data[bad]} in ${place}.`,
    );
  }
  return Float64Array.from(labels.data);
}

/** Wider than the rounding of probabilities stored in half precision. */
const sumTolerance = 0.01;

/** Throws a CliError for the first probabilities of the classes, along this axis, that do not add up to 1. */
export function requireSums({ file, labels, outputs }: TargetSource, axis: number): void {
  const classes = outputs[axis] ?? 1;
  const stride = sizeOf(outputs.slice(axis + 1));
  const perRow = sizeOf(outputs.slice(1));
  for (let start = 0; start < labels.data.length; start++) {
    if (Math.floor(start / stride) % classes !== 0) continue;
    let sum = 0;
    for (let index = 0; index < classes; index++) sum += labels.data[start + index * stride] ?? 0;
    if (Math.abs(sum - 1) <= sumTolerance) continue;
    const last = (start % perRow) + (classes - 1) * stride;
    const steps = stride === 1 ? '' : ` in steps of ${stride}`;
    const place = `${placeOf(start, outputs).replace('element', 'elements')} to ${last}${steps}`;
    throw new CliError(
      `${file}: expected probabilities that add up to 1 for --loss cross-entropy, got a sum of ${Number(sum.toPrecision(4))} in ${place}.`,
    );
  }
}
