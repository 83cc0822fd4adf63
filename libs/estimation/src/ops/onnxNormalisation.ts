/**
 * What the ops of a normalisation have in common in ONNX nodes. Means are sums times 1 / count, and products have their factors in one order, so that the
 * optimiser of ONNX Runtime sees that a mean of one op is a sum of another and passes over the images once for both.
 */
import type { Emitter } from './Emitter.ts';
import { sizeOf, type Shape } from '../graph/Node.ts';
import type { Normalisation } from './standardised.ts';

export interface OnnxNormalisation {
  /** x − mean(x) */
  readonly centred: string;
  /** variance + ε */
  readonly variance: string;
  /** Σ z over the axes, which are kept with length 1. */
  sum(z: string): string;
  mean(z: string): string;
}

/** `x`: the name of a value of this shape. */
export function normalisationOnnx(
  emit: Emitter,
  x: string,
  shape: Shape,
  { axes, epsilon }: Normalisation,
): OnnxNormalisation {
  const count = sizeOf(axes.map((axis) => shape.at(axis) ?? 1));
  const sum = (z: string): string => emit.node('ReduceSum', [z, emit.integers(axes)], { keepdims: 1 });
  const mean = (z: string): string => emit.node('Mul', [sum(z), emit.scalar(1 / count)]);
  const centred = emit.node('Sub', [x, mean(x)]);
  const square = emit.node('Mul', [centred, centred]);
  return { centred, variance: emit.node('Add', [mean(square), emit.scalar(epsilon)]), sum, mean };
}
