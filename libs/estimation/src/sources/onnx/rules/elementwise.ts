/** Arithmetic on values that depend on the data or on parameters. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { affine, scale } from '../../../ops/affine.ts';
import { exp } from '../../../ops/exp.ts';
import { log } from '../../../ops/log.ts';
import { multiply } from '../../../ops/multiply.ts';
import { reciprocal } from '../../../ops/reciprocal.ts';
import { relu } from '../../../ops/relu.ts';
import { rsqrt } from '../../../ops/rsqrt.ts';
import { subtract } from '../../../ops/subtract.ts';
import { absolute, clip } from '../../activations.ts';
import { elementwise } from '../fold/elements.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { isNode, type Value } from '../Value.ts';

/** The number that an input stands for, where it is one number for every element of the other operand; else null. */
function scalarAt(node: NodeTranslation, position: number): number | null {
  const value = node.value(position);
  const other = node.value(1 - position);
  if (isNode(value) || value.values.length !== 1 || value.shape.length > other.shape.length) return null;
  return value.values[0] ?? 0;
}

function binary(f: (graph: GraphBuilder, a: Node, b: Node) => Node): Rule {
  return (node) => f(node.graph, node.node(0), node.node(1));
}

function unary(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => f(node.graph, node.node(0));
}

function addRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return affine(node.graph, node.node(0), { factor: 1, offset: right });
  if (left !== null) return affine(node.graph, node.node(1), { factor: 1, offset: left });
  return add(node.graph, node.node(0), node.node(1));
}

function subtractRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return affine(node.graph, node.node(0), { factor: 1, offset: -right });
  if (left !== null) return affine(node.graph, node.node(1), { factor: -1, offset: left });
  return subtract(node.graph, node.node(0), node.node(1));
}

function multiplyRule(node: NodeTranslation): Node {
  const [left, right] = [scalarAt(node, 0), scalarAt(node, 1)];
  if (right !== null) return scale(node.graph, node.node(0), right);
  if (left !== null) return scale(node.graph, node.node(1), left);
  return multiply(node.graph, node.node(0), node.node(1));
}

function divideRule(node: NodeTranslation): Node {
  const right = scalarAt(node, 1);
  if (right !== null) return scale(node.graph, node.node(0), 1 / right);
  return multiply(node.graph, node.node(0), reciprocal(node.graph, node.node(1)));
}

/** √x for x > 0. */
function squareRoot(graph: GraphBuilder, x: Node): Node {
  return multiply(graph, x, rsqrt(graph, x));
}

const largestPower = 8;

/** A whole power by multiplication, ±1/2 by roots; others are not differentiable everywhere. */
function powerRule(node: NodeTranslation): Node {
  const { graph } = node;
  const exponent = scalarAt(node, 1);
  const x = node.node(0);
  if (exponent === 0.5) return squareRoot(graph, x);
  if (exponent === -0.5) return rsqrt(graph, x);
  if (exponent === -1) return reciprocal(graph, x);
  if (exponent === null || !Number.isInteger(exponent) || exponent < 1 || exponent > largestPower) {
    const given = exponent === null ? 'an exponent that varies' : `the exponent ${exponent}`;
    throw node.failure('UNSUPPORTED', `expected an exponent of 1 to ${largestPower}, ±0.5 or -1, got ${given}`);
  }
  return Array.from({ length: exponent - 1 }).reduce<Node>((sofar) => multiply(graph, sofar, x), x);
}

/** max(a, b) = b + relu(a − b). */
function larger(graph: GraphBuilder, a: Node, b: Node): Node {
  return add(graph, b, relu(graph, subtract(graph, a, b)));
}

function smaller(graph: GraphBuilder, a: Node, b: Node): Node {
  return subtract(graph, a, relu(graph, subtract(graph, a, b)));
}

function clipRule(node: NodeTranslation): Node {
  const bound = (position: number, otherwise: number): number =>
    node.has(position) ? (node.constant(position).values[0] ?? otherwise) : otherwise;
  const unbounded = (value: number): number => (Math.abs(value) >= 3e38 ? Math.sign(value) * Infinity : value);
  return clip(node.graph, node.node(0), unbounded(bound(1, -Infinity)), unbounded(bound(2, Infinity)));
}

/** By a mask known now: a where it is 1, b where it is 0. A masked constant counts as 0, so that −∞ leaves no NaN behind. */
function whereRule(node: NodeTranslation): Node {
  const { graph } = node;
  const mask = node.constant(0);
  const chosen = (position: number, keeps: (flag: number) => boolean): Node => {
    const value: Value = node.value(position);
    if (isNode(value)) {
      const kept = elementwise('Where', [mask], 'float', (flag = 0) => Number(keeps(flag)));
      return multiply(graph, value, graph.constant([...kept.values], kept.shape));
    }
    const kept = elementwise('Where', [mask, value], 'float', (flag = 0, x = 0) => (keeps(flag) ? x : 0));
    return graph.constant([...kept.values], kept.shape);
  };
  return add(
    graph,
    chosen(1, (flag) => flag !== 0),
    chosen(2, (flag) => flag === 0),
  );
}

/** The same operator on more or fewer operands, from the left. */
function overAll(f: (graph: GraphBuilder, a: Node, b: Node) => Node): Rule {
  return (node) =>
    Array.from({ length: node.inputCount }, (_, position) => node.node(position)).reduce((a, b) => f(node.graph, a, b));
}

export const elementwiseRules: Rules = {
  Add: addRule,
  Sub: subtractRule,
  Mul: multiplyRule,
  Div: divideRule,
  Pow: powerRule,
  Sqrt: unary(squareRoot),
  Neg: unary((graph, x) => scale(graph, x, -1)),
  Abs: unary(absolute),
  Reciprocal: unary(reciprocal),
  Exp: unary(exp),
  Log: unary(log),
  Max: overAll(larger),
  Min: overAll(smaller),
  Sum: overAll(add),
  PRelu: binary((graph, x, slope) =>
    subtract(graph, relu(graph, x), multiply(graph, slope, relu(graph, scale(graph, x, -1)))),
  ),
  Clip: clipRule,
  Where: whereRule,
};
