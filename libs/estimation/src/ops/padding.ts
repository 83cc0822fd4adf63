/** Padding and cutting of the last axes, in ONNX nodes and on TensorFlow.js: what pad and the convolutions lower to. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Emitter, Value } from './Emitter.ts';
import type { ElementType } from '../graph/Node.ts';
import type { Tfjs } from './Op.ts';

/** Elements put before and after along each of the last axes; negative: that many are cut off. */
export interface Widths {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** What is put there; default 0. */
  readonly value?: number;
}

interface Steps {
  /** Where the part that stays begins and ends, along every axis. */
  readonly begin: number[];
  readonly end: number[];
  /** What is put before and after it, along every axis. */
  readonly added: [number, number][];
  readonly cuts: boolean;
  readonly adds: boolean;
  readonly shape: number[];
}

function steps(shape: readonly number[], { before, after }: Widths): Steps {
  const first = shape.length - before.length;
  const begin = shape.map((_, axis) => Math.max(-(before[axis - first] ?? 0), 0));
  const end = shape.map((length, axis) => length - Math.max(-(after[axis - first] ?? 0), 0));
  const added = shape.map((_, axis): [number, number] => [
    Math.max(before[axis - first] ?? 0, 0),
    Math.max(after[axis - first] ?? 0, 0),
  ]);
  return {
    begin,
    end,
    added,
    cuts: shape.some((length, axis) => begin[axis] !== 0 || end[axis] !== length),
    adds: added.some(([left, right]) => left + right > 0),
    shape: paddedShape(shape, { before, after }),
  };
}

export function paddedShape(shape: readonly number[], { before, after }: Widths): number[] {
  const first = shape.length - before.length;
  return shape.map((length, axis) => length + (before[axis - first] ?? 0) + (after[axis - first] ?? 0));
}

export function padOnnx(emit: Emitter, { name, shape }: Value, widths: Widths, type: ElementType = 'float'): Value {
  const { begin, end, added, cuts, adds, shape: result } = steps(shape, widths);
  const axes = emit.integers(shape.map((_, axis) => axis));
  const kept = cuts ? emit.node('Slice', [name, emit.integers(begin), emit.integers(end), axes]) : name;
  const pads = [...added.map(([left]) => left), ...added.map(([, right]) => right)];
  const value = widths.value ?? 0;
  const filler = (): string => (type === 'int' ? emit.int32s([value], []) : emit.scalar(value));
  const filled = adds ? emit.node('Pad', [kept, emit.integers(pads), filler()]) : kept;
  return { name: filled, shape: result };
}

export function padTfjs(tf: Tfjs, x: tfjs.Tensor, widths: Widths): tfjs.Tensor {
  const { begin, end, added, cuts, adds } = steps(x.shape, widths);
  const size = end.map((stop, axis) => stop - (begin[axis] ?? 0));
  const kept = cuts ? tf.slice(x, begin, size) : x;
  return adds ? tf.pad(kept, added, widths.value ?? 0) : kept;
}
