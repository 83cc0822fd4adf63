/** Inverse tangent; derivative 1 / (1 + x²). */
import type { Emitter } from './Emitter.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { affine } from './affine.ts';
import { multiply } from './multiply.ts';
import { reciprocal } from './reciprocal.ts';
import { unaryOp } from './unary.ts';

/**
 * In float64, which the CPU provider lacks: from the angle y in float32, atan x = y + atan δ with
 * δ = (x cos y − sin y) / (cos y + x sin y) of about 1e-7, whose inverse tangent is δ − δ³/3 to 1e-36.
 */
function atanDouble(emit: Emitter, x: string): string {
  const y = emit.cast(emit.node('Atan', [emit.castToFloat32(x)]));
  const [sine, cosine] = [emit.node('Sin', [y]), emit.node('Cos', [y])];
  const numerator = emit.node('Sub', [emit.node('Mul', [x, cosine]), sine]);
  const denominator = emit.node('Add', [cosine, emit.node('Mul', [x, sine])]);
  const delta = emit.node('Div', [numerator, denominator]);
  const cube = emit.node('Mul', [delta, emit.node('Mul', [delta, delta])]);
  return emit.node('Add', [y, emit.node('Sub', [delta, emit.node('Mul', [cube, emit.scalar(1 / 3)])])]);
}

export const atanOp = unaryOp({
  name: 'atan',
  slope: (graph, _node, x) => reciprocal(graph, affine(graph, multiply(graph, x, x), { factor: 1, offset: 1 })),
  onnx: (emit, x) => (emit.isDouble ? atanDouble(emit, x) : emit.node('Atan', [x])),
  tfjs: (tf, x) => tf.atan(x),
  examples: [{ operands: [[3, 4]] }, { operands: [{ shape: [6], range: [-50, 50] }] }],
});

export function atan(graph: GraphBuilder, x: Node): Node {
  return graph.apply('atan', [x]);
}
