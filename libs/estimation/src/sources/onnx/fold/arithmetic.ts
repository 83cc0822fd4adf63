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

/** Functions of one number that JavaScript has under the operator's name. */
const functions: Readonly<Record<string, (x: number) => number>> = {
  Sqrt: Math.sqrt,
  Reciprocal: (x) => 1 / x,
  Exp: Math.exp,
  Log: Math.log,
  Sin: Math.sin,
  Cos: Math.cos,
  Tan: Math.tan,
  Asin: Math.asin,
  Acos: Math.acos,
  Atan: Math.atan,
  Sinh: Math.sinh,
  Cosh: Math.cosh,
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Relu: (x) => Math.max(x, 0),
};

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
  Sign: map((a) => Math.sign(a)),
  Floor: map((a) => Math.floor(a)),
  Ceil: map((a) => Math.ceil(a)),
  ...Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, map((a) => f(a))])),
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
  Xor: map((a, b) => Number((a !== 0) !== (b !== 0)), 'bool'),
  Not: map((a) => Number(a === 0), 'bool'),
  IsNaN: map((a) => Number(Number.isNaN(a)), 'bool'),
  BitwiseAnd: map((a, b) => Number(BigInt(a) & BigInt(b))),
  BitwiseOr: map((a, b) => Number(BigInt(a) | BigInt(b))),
  BitwiseXor: map((a, b) => Number(BigInt(a) ^ BigInt(b))),
  BitwiseNot: map((a) => -a - 1),
  BitShift: (node) =>
    map(node.text('direction', '') === 'LEFT' ? (a, b) => a * 2 ** b : (a, b) => Math.floor(a / 2 ** b))(node),
  Sum: map((a, b) => a + b),
  Clip: (node) => {
    const bound = (name: string, position: number, otherwise: number): number =>
      node.has(position) ? (node.constant(position).values[0] ?? otherwise) : node.number(name, otherwise);
    const [low, high] = [bound('min', 1, -Infinity), bound('max', 2, Infinity)];
    const x = node.constant(0);
    return { ...x, values: x.values.map((value) => Math.min(Math.max(value, low), high)) };
  },
  Where: (node) => {
    const [condition, yes, no] = [node.constant(0), node.constant(1), node.constant(2)];
    return elementwise('Where', [condition, yes, no], yes.type, (c = 0, a = 0, b = 0) => (c !== 0 ? a : b));
  },
};
