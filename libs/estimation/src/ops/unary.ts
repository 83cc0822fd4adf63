/** A differentiable function of each element: its slope says all its derivative rules. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Emitter } from './Emitter.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { operand, type Op, type OpExample, type Tfjs } from './Op.ts';
import { vmapElementwise } from './batched.ts';

export interface Unary {
  readonly name: string;
  /** f'(x) as a node; x is the node's operand, f(x) the node itself. null: zero wherever it is defined. */
  slope(graph: GraphBuilder, node: Node, x: Node): Node | null;
  onnx(emit: Emitter, x: string, node: Node): string;
  tfjs(tf: Tfjs, x: tf.Tensor, node: Node): tf.Tensor;
  readonly examples?: readonly OpExample[];
}

export function unaryOp({ name, slope, onnx, tfjs, examples = [{ operands: [[3, 4]] }] }: Unary): Op {
  const derivative = (graph: GraphBuilder, node: Node, direction: Node): Node | null => {
    const factor = slope(graph, node, operand(node.operands, 0));
    return factor && multiply(graph, direction, factor);
  };
  return {
    name,
    shape: ([x = []]) => x,
    vjp: (graph, node, cotangent) => [derivative(graph, node, cotangent)],
    jvp: (graph, node, [tangent = null]) => tangent && derivative(graph, node, tangent),
    vmap: vmapElementwise,
    onnx: (emit, node, operands) => onnx(emit, operand(operands, 0), node),
    tfjs: (tf, node, operands) => tfjs(tf, operand(operands, 0), node),
    examples,
  };
}
