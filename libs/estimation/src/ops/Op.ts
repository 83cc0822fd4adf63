/**
 * What an op is: one file with all its rules side by side. To add one: write `ops/<name>.ts` exporting an `Op` and a
 * builder function, add it to `registry.ts`, add example operands to `examples.ts`; the registry's test suite then checks
 * every rule against float64 central differences and every engine against each other.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Attributes, Node, Shape } from '../graph/Node.ts';
import type { OnnxEmitter } from '../engines/onnx/OnnxEmitter.ts';

export type Tfjs = typeof tf;

export interface Op {
  readonly name: string;
  /** Shape of the result; throws an EstimationError (SHAPE) that names the op and the shapes it got. */
  shape(operands: readonly Shape[], attributes: Attributes): Shape;
  /** Reverse rule: from the cotangent of the result, the cotangent of each operand (null: does not depend on it). */
  vjp(graph: GraphBuilder, node: Node, cotangent: Node): readonly (Node | null)[];
  /**
   * Forward rule: from the operands' tangents (null: zero), the result's. A tangent carries k directions in a leading axis:
   * shape [k, ...shape of its primal]. At least one tangent is not null; null is returned for a derivative that is zero.
   */
  jvp(graph: GraphBuilder, node: Node, tangents: readonly (Node | null)[]): Node | null;
  /** Lowers to ONNX nodes; returns the name of the result. */
  onnx(emit: OnnxEmitter, node: Node, operands: readonly string[]): string;
  /** Computes on TensorFlow.js. */
  tfjs(tf: Tfjs, node: Node, operands: readonly tf.Tensor[]): tf.Tensor;
}

/** The operand at a position; the builder functions guarantee that it is there. */
export function operand<T>(operands: readonly T[], position: number): T {
  const value = operands[position];
  if (value === undefined) throw new RangeError(`operand ${position} is missing: ${operands.length} were given`);
  return value;
}
