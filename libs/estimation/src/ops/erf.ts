/** Error function, 2/√π ∫₀ˣ exp(−t²) dt; derivative 2/√π · exp(−x²). */
import type { Emitter } from './Emitter.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { exp } from './exp.ts';
import { multiply } from './multiply.ts';
import { unaryOp } from './unary.ts';

/**
 * Chebyshev coefficients on u ∈ [−1, 1] of log(erfc(z) / t) + z² with t = 2 / (2 + z) and u = 2t − 1, for z ≥ 0. The interpolant at
 * 200 Chebyshev nodes in 50 digits, cut where it is below 1e-16; erf is then exact to 4e-16.
 */
const coefficients = [
  -0.6513268598908547, 0.6419697923564902, 0.019476473204185836, -0.009561514786808632, -0.0009465953444820369,
  0.00036683949785276145, 4.252332480690777e-5, -2.0278578112534242e-5, -1.6242900046470256e-6, 1.3036558355805232e-6,
  1.5626441722066142e-8, -8.523809591492654e-8, 6.5290544390988515e-9, 5.059343495551469e-9, -9.91364156493033e-10,
  -2.273651222931836e-10, 9.646791102015527e-11, 2.3940380830391146e-12, -6.886027526497553e-12, 8.944879273090725e-13,
  3.130921399342958e-13, -1.1270822361367252e-13, 3.810905255189232e-16, 7.106097613609237e-15, -1.5230282014571043e-15,
  -9.457494571291233e-17, 1.210237189224279e-16,
];

/** erf in float64, which the CPU provider has for float32 only: the series by Clenshaw's recurrence. */
function erfDouble(emit: Emitter, x: string): string {
  const z = emit.node('Abs', [x]);
  const t = emit.node('Div', [emit.scalar(2), emit.node('Add', [z, emit.scalar(2)])]);
  const u = emit.node('Sub', [emit.node('Mul', [t, emit.scalar(2)]), emit.scalar(1)]);
  const twice = emit.node('Mul', [u, emit.scalar(2)]);
  let [current, previous] = [emit.scalar(0), emit.scalar(0)];
  for (const coefficient of coefficients.slice(1).reverse()) {
    const next = emit.node('Sub', [emit.node('Mul', [twice, current]), previous]);
    [current, previous] = [emit.node('Add', [next, emit.scalar(coefficient)]), current];
  }
  const series = emit.node('Add', [
    emit.node('Sub', [emit.node('Mul', [u, current]), previous]),
    emit.scalar(coefficients[0] ?? 0),
  ]);
  const exponential = emit.node('Exp', [emit.node('Sub', [series, emit.node('Mul', [z, z])])]);
  const positive = emit.node('Sub', [emit.scalar(1), emit.node('Mul', [t, exponential])]);
  return emit.node('Mul', [emit.node('Sign', [x]), positive]);
}

export const erfOp = unaryOp({
  name: 'erf',
  slope: (graph, _node, x) => scale(graph, exp(graph, scale(graph, multiply(graph, x, x), -1)), 2 / Math.sqrt(Math.PI)),
  onnx: (emit, x) => (emit.isDouble ? erfDouble(emit, x) : emit.node('Erf', [x])),
  tfjs: (tf, x) => tf.erf(x),
  examples: [{ operands: [[3, 4]] }, { operands: [{ shape: [9], range: [-5, 5] }] }],
});

export function erf(graph: GraphBuilder, x: Node): Node {
  return graph.apply('erf', [x]);
}
