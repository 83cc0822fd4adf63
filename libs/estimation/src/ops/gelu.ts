/** Gaussian error linear unit x Φ(x) (Hendrycks and Gimpel, 2016), exact or by its tanh approximation. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { affine, scale } from './affine.ts';
import { erf } from './erf.ts';
import { multiply } from './multiply.ts';
import { tanh } from './tanh.ts';

/**
 * `none`: x/2 · (1 + erf(x / √2)). `tanh`: x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). A composition of other ops: their derivative
 * rules share exp and tanh as a rule of its own would.
 */
export function gelu(graph: GraphBuilder, x: Node, approximate: 'none' | 'tanh' = 'none'): Node {
  const half = { factor: 0.5, offset: 0.5 };
  if (approximate === 'none') {
    return multiply(graph, x, affine(graph, erf(graph, scale(graph, x, Math.SQRT1_2)), half));
  }
  const cubic = multiply(graph, scale(graph, x, 0.044715), multiply(graph, x, x));
  const argument = scale(graph, add(graph, x, cubic), Math.sqrt(2 / Math.PI));
  return multiply(graph, x, affine(graph, tanh(graph, argument), half));
}
