/** Functions of each element that files name and that are composed of ops: comparisons, logic, rounding, hyperbolic functions. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { affine, scale } from '../ops/affine.ts';
import { atan } from '../ops/atan.ts';
import { compare } from '../ops/compare.ts';
import { exp } from '../ops/exp.ts';
import { floor } from '../ops/floor.ts';
import { log } from '../ops/log.ts';
import { multiply } from '../ops/multiply.ts';
import { divide } from '../ops/reciprocal.ts';
import { rsqrt } from '../ops/rsqrt.ts';
import { select } from '../ops/select.ts';
import { sqrt } from '../ops/sqrt.ts';
import { heaviside } from '../ops/heaviside.ts';
import { subtract } from '../ops/subtract.ts';
import { absolute } from './activations.ts';

/** 1 − x: "not" of a value that is 0 or 1. */
export function not(graph: GraphBuilder, x: Node): Node {
  return affine(graph, x, { factor: -1, offset: 1 });
}

/** The larger of two; of equal ones the first, to which the derivative goes. */
export function larger(graph: GraphBuilder, a: Node, b: Node): Node {
  return select(graph, compare(graph, b, 'lessOrEqual', a), a, b);
}

/** The smaller of two; of equal ones the first, to which the derivative goes. */
export function smaller(graph: GraphBuilder, a: Node, b: Node): Node {
  return select(graph, compare(graph, a, 'lessOrEqual', b), a, b);
}

/** −1, 0 or 1. */
export function sign(graph: GraphBuilder, x: Node): Node {
  return subtract(graph, heaviside(graph, x), heaviside(graph, scale(graph, x, -1)));
}

/** 1 where x is NaN. */
export function isNan(graph: GraphBuilder, x: Node): Node {
  return not(graph, compare(graph, x, 'equal', x));
}

/** 1 where x is one of the requested infinities. */
export function isInfinite(graph: GraphBuilder, x: Node, { negative = true, positive = true } = {}): Node {
  const equals = (value: number): Node => compare(graph, x, 'equal', graph.constant([value]));
  if (negative && positive) return add(graph, equals(Infinity), equals(-Infinity));
  return positive ? equals(Infinity) : equals(-Infinity);
}

/** x without its fraction. */
function truncate(graph: GraphBuilder, x: Node): Node {
  return multiply(graph, sign(graph, x), floor(graph, absolute(graph, x)));
}

/** a / b of integers without the fraction, exact although quotients are rounded: (|a| + ½) / |b| is never an integer. */
export function divideWhole(graph: GraphBuilder, a: Node, b: Node): Node {
  const above = affine(graph, absolute(graph, a), { factor: 1, offset: 0.5 });
  const signs = multiply(graph, sign(graph, a), sign(graph, b));
  return multiply(graph, signs, floor(graph, divide(graph, above, absolute(graph, b))));
}

/** Remainder with the sign of the divisor (`floor`) or of the dividend (`truncate`). */
export function remainder(graph: GraphBuilder, a: Node, b: Node, rounding: 'floor' | 'truncate'): Node {
  const rounded = { floor, truncate }[rounding](graph, divide(graph, a, b));
  return subtract(graph, a, multiply(graph, b, rounded));
}

export function sinh(graph: GraphBuilder, x: Node): Node {
  return scale(graph, subtract(graph, exp(graph, x), exp(graph, scale(graph, x, -1))), 0.5);
}

export function cosh(graph: GraphBuilder, x: Node): Node {
  return scale(graph, add(graph, exp(graph, x), exp(graph, scale(graph, x, -1))), 0.5);
}

function squarePlus(graph: GraphBuilder, x: Node, offset: 1 | -1): Node {
  return affine(graph, multiply(graph, x, x), { factor: 1, offset });
}

/** arsinh x = ± log(|x| + √(x² + 1)). */
export function asinh(graph: GraphBuilder, x: Node): Node {
  const positive = absolute(graph, x);
  return multiply(graph, sign(graph, x), log(graph, add(graph, positive, sqrt(graph, squarePlus(graph, x, 1)))));
}

/** arcosh x = log(x + √(x² − 1)) for x > 1. */
export function acosh(graph: GraphBuilder, x: Node): Node {
  return log(graph, add(graph, x, sqrt(graph, squarePlus(graph, x, -1))));
}

/** artanh x = ½ log((1 + x) / (1 − x)) for |x| < 1. */
export function atanh(graph: GraphBuilder, x: Node): Node {
  const above = log(graph, affine(graph, x, { factor: 1, offset: 1 }));
  return scale(graph, subtract(graph, above, log(graph, not(graph, x))), 0.5);
}

/** arcsin x = arctan(x / √(1 − x²)) for |x| < 1. */
export function asin(graph: GraphBuilder, x: Node): Node {
  return atan(graph, multiply(graph, x, rsqrt(graph, not(graph, multiply(graph, x, x)))));
}

/** π/2 − arcsin x. */
export function acos(graph: GraphBuilder, x: Node): Node {
  return affine(graph, asin(graph, x), { factor: -1, offset: Math.PI / 2 });
}
