/**
 * What an op is: one file with all its rules side by side. To add one, write `ops/<name>.ts` exporting an `Op` (with examples)
 * and a builder function, and add it to `registry.ts`. The registry's test suite then checks every rule of every example
 * against central differences in float64, and the engines against each other. Where two ops are each other's derivative, one of
 * them applies the other by its name (`graph.apply`), so that their files do not import each other in a circle.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Attributes, ElementType, Node, Shape } from '../graph/Node.ts';
import type { Emitter } from './Emitter.ts';
import type { BatchedNode } from '../graph/BatchedNode.ts';

export type Tfjs = typeof tf;

export interface Op {
  readonly name: string;
  /** Shape of the result; throws an EstimationError (SHAPE) that names the op and the shapes it got. */
  shape(operands: readonly Shape[], attributes: Attributes): Shape;
  /** Type of the result; `float` when left out. */
  type?(operands: readonly ElementType[]): ElementType;
  /** Reverse rule: from the cotangent of the result, the cotangent of each operand (null: does not depend on it). */
  vjp(graph: GraphBuilder, node: Node, cotangent: Node): readonly (Node | null)[];
  /**
   * Forward rule: from the operands' tangents (null: zero; at least one is not), the result's (null: zero). Tangents have the
   * shapes of their primal values.
   */
  jvp(graph: GraphBuilder, node: Node, tangents: readonly (Node | null)[]): Node | null;
  /**
   * Batching rule: the same op on operands of which some hold k values along a batch axis, so that one program carries k tangents.
   * An op that never meets a tangent (a nonlinear function, whose derivatives are other ops) has no such rule.
   */
  vmap?(graph: GraphBuilder, node: Node, operands: readonly BatchedNode[]): BatchedNode;
  /** Lowers to ONNX nodes; returns the name of the result. */
  onnx(emit: Emitter, node: Node, operands: readonly string[]): string;
  /** Computes on TensorFlow.js. */
  tfjs(tf: Tfjs, node: Node, operands: readonly tf.Tensor[]): tf.Tensor;
  /** Operands on which the tests check all of the above. */
  readonly examples: readonly OpExample[];
}

export interface OpExample {
  readonly operands: readonly (Shape | OperandExample)[];
  readonly attributes?: Attributes;
}

/** Values are ±[0.2, 1], away from the kink of relu and its like, unless said otherwise. */
export interface OperandExample {
  readonly shape: Shape;
  /** Uniform on this interval instead. */
  readonly range?: readonly [number, number];
  /** int32 below this bound instead. */
  readonly integersBelow?: number;
  /** 0 or 1 instead, which no derivative is taken in. */
  readonly condition?: boolean;
}

/** The operand at a position; the builder functions guarantee that it is there. */
export function operand<T>(operands: readonly T[], position: number): T {
  const value = operands[position];
  if (value === undefined) throw new RangeError(`operand ${position} is missing: ${operands.length} were given`);
  return value;
}
