/** Arithmetic and logic on constants: mostly shapes, axes and masks. */
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import type { Constant, Value } from '../Value.ts';
import { elementwise } from './elements.ts';

type Result = Constant['type'] | 'same';

/** Elementwise with broadcasting over all inputs; `same` is the type of the first. */
function map(f: (a: number, b: number, type: Constant['type']) => number, result: Result = 'same') {
  return (node: NodeTranslation): Value => {
    const operands = Array.from({ length: node.inputCount }, (_, position) => node.constant(position));
    const type = operands[0]?.type ?? 'float';
    const [first = 0, ...rest] = [0, 1, 2, 3].slice(0, operands.length);
    return elementwise(node.onnx.opType, operands, result === 'same' ? type : result, (...elements) =>
      rest.length === 0
        ? f(elements[first] ?? 0, 0, type)
        : rest.reduce((sofar, position) => f(sofar, elements[position] ?? 0, type), elements[first] ?? 0),
    );
  };
}

/** Rounds half to even, as ONNX defines Round. */
function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

export const arithmeticFolds: Rules = {
  Add: map((a, b) => a + b),
  Sub: map((a, b) => a - b),
  Mul: map((a, b) => a * b),
  // Integer division drops the fraction.
  Div: map((a, b, type) => (type === 'int' ? Math.trunc(a / b) : a / b)),
  Mod: (node) => map(node.number('fmod', 0) === 1 ? (a, b) => a % b : (a, b) => ((a % b) + b) % b)(node),
  Pow: map((a, b) => a ** b),
  Neg: map((a) => -a),
  Abs: map((a) => Math.abs(a)),
  Sqrt: map((a) => Math.sqrt(a)),
  Reciprocal: map((a) => 1 / a),
  Exp: map((a) => Math.exp(a)),
  Log: map((a) => Math.log(a)),
  Floor: map((a) => Math.floor(a)),
  Ceil: map((a) => Math.ceil(a)),
  Round: map(roundHalfToEven),
  Max: map((a, b) => Math.max(a, b)),
  Min: map((a, b) => Math.min(a, b)),
  Equal: map((a, b) => Number(a === b), 'bool'),
  Less: map((a, b) => Number(a < b), 'bool'),
  LessOrEqual: map((a, b) => Number(a <= b), 'bool'),
  Greater: map((a, b) => Number(a > b), 'bool'),
  GreaterOrEqual: map((a, b) => Number(a >= b), 'bool'),
  And: map((a, b) => Number(a !== 0 && b !== 0), 'bool'),
  Or: map((a, b) => Number(a !== 0 || b !== 0), 'bool'),
  Not: map((a) => Number(a === 0), 'bool'),
  Where: (node) => {
    const [condition, yes, no] = [node.constant(0), node.constant(1), node.constant(2)];
    return elementwise('Where', [condition, yes, no], yes.type, (c = 0, a = 0, b = 0) => (c !== 0 ? a : b));
  },
};
