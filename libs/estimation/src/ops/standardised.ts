/** What the rules of a normalisation are made of: nodes that depend on x alone, so that the tangent programs only read them. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Attributes, Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { affine, scale } from './affine.ts';
import { meanOver, meanProduct } from './meanProduct.ts';
import { multiply } from './multiply.ts';
import { rsqrt } from './rsqrt.ts';
import { subtract } from './subtract.ts';

export interface Normalisation {
  /** What the mean and variance are over: -1 (last), -2, … */
  readonly axes: readonly number[];
  /** Added to the variance. */
  readonly epsilon: number;
}

export function normalisationOf(attributes: Attributes): Normalisation {
  return { axes: attributes['axes'] as readonly number[], epsilon: Number(attributes['epsilon']) };
}

export interface MeanAndVariance {
  readonly mean: Node;
  /** Divided by the count. */
  readonly variance: Node;
}

/** Over the given axes, which are kept with length 1. The deviations are squared, not the values: no cancellation. */
export function meanAndVariance(graph: GraphBuilder, x: Node, axes: readonly number[]): MeanAndVariance {
  const mean = meanOver(graph, x, axes);
  const centred = subtract(graph, x, mean);
  return { mean, variance: meanProduct(graph, centred, centred, axes) };
}

export interface Standardised {
  /** x̂ = (x − mean) r */
  readonly value: Node;
  /** r = 1 / √(variance + ε) */
  readonly rate: Node;
}

export function standardised(graph: GraphBuilder, x: Node, { axes, epsilon }: Normalisation): Standardised {
  const { mean, variance } = meanAndVariance(graph, x, axes);
  const rate = rsqrt(graph, affine(graph, variance, { factor: 1, offset: epsilon }));
  return { value: multiply(graph, subtract(graph, x, mean), rate), rate };
}

/** u − mean(u) − x̂ mean(u ⊙ x̂): what is left of u beside the constants and x̂ (up to ε). Symmetric as a map of u. */
export function orthogonalPart(graph: GraphBuilder, u: Node, value: Node, axes: readonly number[]): Node {
  const centred = subtract(graph, u, meanOver(graph, u, axes));
  return subtract(graph, centred, multiply(graph, value, meanProduct(graph, u, value, axes)));
}

/** The sum of the terms that there are. */
export function sumOfTerms(graph: GraphBuilder, terms: readonly (Node | null)[]): Node | null {
  return terms.reduce<Node | null>((a, b) => (a && b ? add(graph, a, b) : (a ?? b)), null);
}

/** factor ⊙ x where x is there. */
export function times(graph: GraphBuilder, factor: Node, x: Node | null): Node | null {
  return x && multiply(graph, factor, x);
}

/** −x where x is there. */
export function negative(graph: GraphBuilder, x: Node | null): Node | null {
  return x && scale(graph, x, -1);
}
