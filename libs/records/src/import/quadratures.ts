/**
 * Ritz values and weights as PyHessian's `density()` returns them: two lists of k lists (one for each random start vector), saved
 * with `json.dump`. As an object the lists may be called `eigenvalues` or `nodes`, and `weights`.
 */
import { RecordError } from '../RecordError.ts';

export interface Quadrature {
  /** Ritz values. */
  readonly nodes: number[];
  /** As many, not negative, sum 1. */
  readonly weights: number[];
}

const expectedLists =
  'expected [eigenvalues, weights] or {"eigenvalues": …, "weights": …}, each a list of one list of numbers per start vector, ' +
  'as json.dump(hessian.density()) writes it';

/** PyHessian's weights are squares in float32: their sum is this near to 1. */
const sumTolerance = 0.01;

/** @throws RecordError UNREADABLE with what is wrong with the file. */
export function quadraturesOf(file: string, text: string): Quadrature[] {
  const [values, weights] = bothLists(file, parsed(file, text));
  if (values.length !== weights.length || values.length === 0) {
    throw new RecordError(
      'UNREADABLE',
      `${file}: ${expectedLists}, got ${values.length} lists of eigenvalues and ${weights.length} of weights.`,
    );
  }
  return values.map((list, probe) => {
    const name = `${file}, start vector ${probe}`;
    const nodes = numbers(`${name}, eigenvalues`, list);
    const shares = numbers(`${name}, weights`, weights[probe]);
    if (nodes.length !== shares.length || nodes.length === 0) {
      throw new RecordError(
        'UNREADABLE',
        `${name}: expected as many weights as eigenvalues, got ${shares.length} and ${nodes.length}.`,
      );
    }
    const sum = shares.reduce((total, weight) => total + weight, 0);
    if (shares.some((weight) => weight < 0) || Math.abs(sum - 1) > sumTolerance) {
      throw new RecordError(
        'UNREADABLE',
        `${name}: expected weights that are not negative and sum to 1, got a sum of ${sum}.`,
      );
    }
    return { nodes, weights: shares };
  });
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const nan = /\b(NaN|-?Infinity)\b/.exec(text)?.[1];
    const got = nan === undefined ? 'text that is not JSON' : `${nan}: the measurement failed there`;
    throw new RecordError('UNREADABLE', `${file}: ${expectedLists}, got ${got}.`, { cause });
  }
}

function bothLists(file: string, value: unknown): [unknown[], unknown[]] {
  const pair = Array.isArray(value) ? (value as unknown[]) : namedLists(value);
  const [first, second] = pair;
  if (pair.length === 2 && Array.isArray(first) && Array.isArray(second)) return [first, second];
  throw new RecordError('UNREADABLE', `${file}: ${expectedLists}.`);
}

function namedLists(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const named = value as Readonly<Record<string, unknown>>;
  return [named['eigenvalues'] ?? named['nodes'], named['weights']];
}

function numbers(name: string, list: unknown): number[] {
  if (Array.isArray(list) && list.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    return list as number[];
  }
  throw new RecordError(
    'UNREADABLE',
    `${name}: expected a list of finite numbers. Save the real parts, as Python floats.`,
  );
}
