/** Arithmetic on values that depend on the data or on parameters. */
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { affine, scale } from '../../../ops/affine.ts';
import { atan } from '../../../ops/atan.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { cos } from '../../../ops/cos.ts';
import { exp } from '../../../ops/exp.ts';
import { ceil, floor } from '../../../ops/floor.ts';
import { log } from '../../../ops/log.ts';
import { multiply } from '../../../ops/multiply.ts';
import { power } from '../../../ops/power.ts';
import { divide, reciprocal } from '../../../ops/reciprocal.ts';
import { round } from '../../../ops/round.ts';
import { rsqrt } from '../../../ops/rsqrt.ts';
import { sin } from '../../../ops/sin.ts';
import { sqrt } from '../../../ops/sqrt.ts';
import { heaviside } from '../../../ops/heaviside.ts';
import { subtract } from '../../../ops/subtract.ts';
import { toInt } from '../../../ops/toInt.ts';
import { absolute } from '../../activations.ts';
import {
  acos,
  acosh,
  asin,
  asinh,
  atanh,
  cosh,
  divideWhole,
  larger,
  remainder,
  sign,
  sinh,
  smaller,
} from '../../mathematics.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { isNode } from '../Value.ts';
import { overAll, unary } from './apply.ts';

/** The number that an input stands for, where it is one number for every element of the other operand; else null. */
function scalarAt(node: NodeTranslation, position: number): number | null {
  const value = node.value(position);
  const other = node.value(1 - position);
  if (isNode(value) || value.values.length !== 1 || value.shape.length > other.shape.length) return null;
  return value.values[0] ?? 0;
}

/** Of integers: as floats, and back. */
function exact(f: (node: NodeTranslation) => Node): Rule {
  return (node) => node.typedAs(f(node), 0, 1);
}

function addRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return affine(node.graph, node.float(0), { factor: 1, offset: right });
  if (left !== null) return affine(node.graph, node.float(1), { factor: 1, offset: left });
  return add(node.graph, node.float(0), node.float(1));
}

function subtractRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return affine(node.graph, node.float(0), { factor: 1, offset: -right });
  if (left !== null) return affine(node.graph, node.float(1), { factor: -1, offset: left });
  return subtract(node.graph, node.float(0), node.float(1));
}

function multiplyRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return scale(node.graph, node.float(0), right);
  if (left !== null) return scale(node.graph, node.float(1), left);
  return multiply(node.graph, node.float(0), node.float(1));
}

/** Of integers without the fraction. */
function divideRule(node: NodeTranslation): Node {
  const { graph } = node;
  if (node.value(0).type === 'int' && node.value(1).type === 'int') {
    return toInt(graph, divideWhole(graph, node.float(0), node.float(1)));
  }
  const right = scalarAt(node, 1);
  if (right !== null) return scale(graph, node.float(0), 1 / right);
  return divide(graph, node.float(0), node.float(1));
}

/** With the sign of the divisor; with `fmod` that of the dividend. */
function moduloRule(node: NodeTranslation): Node {
  const { graph } = node;
  const [a, b] = [node.float(0), node.float(1)];
  const truncates = node.number('fmod', 0) === 1;
  if (node.value(0).type !== 'int') return remainder(graph, a, b, truncates ? 'truncate' : 'floor');
  const rest = subtract(graph, a, multiply(graph, b, divideWhole(graph, a, b)));
  // From the dividend's sign to that of the divisor, where a rest is left.
  const differs = heaviside(graph, scale(graph, multiply(graph, rest, b), -1));
  return toInt(graph, truncates ? rest : add(graph, rest, multiply(graph, b, differs)));
}

const largestProduct = 8;

/** Small whole powers by multiplication, ±1/2 and -1 by roots and quotients, others as powers. */
function powerRule(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.float(0);
  const exponent = scalarAt(node, 1);
  if (exponent === null) return power(graph, x, node.float(1));
  if (exponent === 0.5) return sqrt(graph, x);
  if (exponent === -0.5) return rsqrt(graph, x);
  if (exponent === 0) return broadcastTo(graph, graph.constant([1]), x.shape);
  const size = Math.abs(exponent);
  if (!Number.isInteger(size) || size > largestProduct) return power(graph, x, graph.constant([exponent]));
  const product = Array.from({ length: size - 1 }).reduce<Node>((sofar) => multiply(graph, sofar, x), x);
  return exponent < 0 ? reciprocal(graph, product) : product;
}

/** Bounds of ±3e38, the largest float32, are none. */
function isBound(node: NodeTranslation, position: number): boolean {
  if (!node.has(position)) return false;
  const value = node.value(position);
  return isNode(value) || Math.abs(value.values[0] ?? 0) < 3e38;
}

/** Held within bounds, which are attributes in older opsets. */
function clipRule(node: NodeTranslation): Node {
  const { graph } = node;
  const bound = (name: string, position: number): Node | null => {
    if (isBound(node, position)) return node.float(position);
    const attribute = node.number(name, Infinity);
    return Math.abs(attribute) < 3e38 ? graph.constant([attribute]) : null;
  };
  const [lowest, highest] = [bound('min', 1), bound('max', 2)];
  const x = node.float(0);
  const above = lowest ? larger(graph, x, lowest) : x;
  return node.typedAs(highest ? smaller(graph, above, highest) : above, 0);
}

function mean(node: NodeTranslation): Node {
  const inputs = node.nodes();
  return scale(
    node.graph,
    inputs.reduce((a, b) => add(node.graph, a, b)),
    1 / inputs.length,
  );
}

export const elementwiseRules: Rules = {
  Add: exact(addRule),
  Sub: exact(subtractRule),
  Mul: exact(multiplyRule),
  Div: divideRule,
  Mod: moduloRule,
  Pow: (node) => node.typedAs(powerRule(node), 0),
  Sum: overAll(add),
  Mean: mean,
  Max: overAll(larger),
  Min: overAll(smaller),
  Clip: clipRule,
  Neg: unary((graph, x) => scale(graph, x, -1)),
  Abs: unary(absolute),
  Sign: unary(sign),
  Floor: unary(floor),
  Ceil: unary(ceil),
  Round: unary(round),
  Sqrt: unary(sqrt),
  Reciprocal: unary(reciprocal),
  Exp: unary(exp),
  Log: unary(log),
  Sin: unary(sin),
  Cos: unary(cos),
  Tan: unary((graph, x) => divide(graph, sin(graph, x), cos(graph, x))),
  Asin: unary(asin),
  Acos: unary(acos),
  Atan: unary(atan),
  Sinh: unary(sinh),
  Cosh: unary(cosh),
  Asinh: unary(asinh),
  Acosh: unary(acosh),
  Atanh: unary(atanh),
};
