/** Arithmetic and logic on constants: mostly shapes, axes and masks. */
import type { Rule, Rules } from '../NodeTranslation.ts';
import type { Constant } from '../Value.ts';
import { elementwise } from './elements.ts';

type Result = Constant['type'] | 'same';

type Combine = (a: number, b: number, type: Constant['type']) => number;

function typed(result: Result, { type }: Constant): Constant['type'] {
  return result === 'same' ? type : result;
}

/** Of each element of one input; `same` is its type. */
function map(f: (a: number) => number, result: Result = 'same'): Rule {
  return (node) => {
    const x = node.constant(0);
    return { shape: x.shape, type: typed(result, x), values: x.values.map(f) };
  };
}

/** Elementwise with broadcasting over all inputs, from the left; `same` is the type of the first. */
function combine(f: Combine, result: Result = 'same'): Rule {
  return (node) => {
    const operands = Array.from({ length: node.inputCount }, (_, position) => node.constant(position));
    const [first] = operands;
    if (!first) throw node.failure('BAD_FILE', 'it has no inputs');
    return elementwise(node.onnx.opType, operands, typed(result, first), (start = 0, ...elements) =>
      elements.reduce((sofar, element) => f(sofar, element, first.type), start),
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
  Add: combine((a, b) => a + b),
  Sub: combine((a, b) => a - b),
  Mul: combine((a, b) => a * b),
  // Integer division drops the fraction.
  Div: combine((a, b, type) => (type === 'int' ? Math.trunc(a / b) : a / b)),
  Mod: (node) => combine(node.number('fmod', 0) === 1 ? (a, b) => a % b : (a, b) => ((a % b) + b) % b)(node),
  Pow: combine((a, b) => a ** b),
  Neg: map((a) => -a),
  Abs: map((a) => Math.abs(a)),
  Sign: map((a) => Math.sign(a)),
  Floor: map((a) => Math.floor(a)),
  Ceil: map((a) => Math.ceil(a)),
  ...Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, map(f)])),
  Round: map(roundHalfToEven),
  Max: combine((a, b) => Math.max(a, b)),
  Min: combine((a, b) => Math.min(a, b)),
  Equal: combine((a, b) => Number(a === b), 'bool'),
  Less: combine((a, b) => Number(a < b), 'bool'),
  LessOrEqual: combine((a, b) => Number(a <= b), 'bool'),
  Greater: combine((a, b) => Number(a > b), 'bool'),
  GreaterOrEqual: combine((a, b) => Number(a >= b), 'bool'),
  And: combine((a, b) => Number(a !== 0 && b !== 0), 'bool'),
  Or: combine((a, b) => Number(a !== 0 || b !== 0), 'bool'),
  Xor: combine((a, b) => Number((a !== 0) !== (b !== 0)), 'bool'),
  Not: map((a) => Number(a === 0), 'bool'),
  IsNaN: map((a) => Number(Number.isNaN(a)), 'bool'),
  BitwiseAnd: combine((a, b) => Number(BigInt(a) & BigInt(b))),
  BitwiseOr: combine((a, b) => Number(BigInt(a) | BigInt(b))),
  BitwiseXor: combine((a, b) => Number(BigInt(a) ^ BigInt(b))),
  Sum: combine((a, b) => a + b),
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
