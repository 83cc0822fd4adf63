/** Tensors whose numbers themselves say that nobody learned them. */
import { sizeOf } from '../../../graph/Node.ts';
import type { Constant } from '../Value.ts';
import type { Use } from './reach.ts';

/** All elements are the same number; true of a single number. */
export function isUniform({ values }: Constant): boolean {
  return values.every((value) => value === values[0]);
}

/** Beyond any learned number: masks of −∞ and of the lowest float. */
const mask = 1e30;
const rounding = 1e-5;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= rounding * Math.max(1, Math.abs(b));

/** Why a tensor cannot be learned, as part of a sentence; null where its numbers do not tell. */
export function structureOf(tensor: Constant, uses: readonly Use[]): string | null {
  const { values, shape } = tensor;
  if (values.length > 0 && values.some((value) => Math.abs(value) >= mask)) return 'a mask';
  if (values.length < 4 || isUniform(tensor)) return null;
  if (holdsSinusoids(tensor)) return 'a table of sinusoids';
  if (isAdjacency(tensor, uses)) return 'a matrix of non-negative weights from the left, as adjacency has';
  const isKernel = uses.some(({ node, position }) => node.opType === 'Conv' && position === 1);
  if (isKernel && shape.length > 2 && hasEqualChannels(tensor)) return 'the same kernel for every channel';
  return null;
}

/** The same for tensors that may be numbers of a formula as well as weights: masks, step numbers, frequencies. */
export function looseStructureOf(tensor: Constant, uses: readonly Use[]): string | null {
  const structure = structureOf(tensor, uses);
  if (structure || tensor.values.length < 4 || isUniform(tensor)) return structure;
  if (tensor.values.every(Number.isInteger)) return 'integers';
  return isProgression(tensor.values) ? 'a progression' : null;
}

/** Columns 2i and 2i + 1, or i and i + d/2, are sine and cosine of the same angles, which grow with the row: sin² + cos² = 1. */
function holdsSinusoids({ values, shape }: Constant): boolean {
  const width = shape.at(-1) ?? 1;
  const rows = values.length / width;
  if (shape.length < 2 || width % 2 !== 0 || rows < 2 || !values.every((value) => Math.abs(value) <= 1 + rounding))
    return false;
  const pairs = (first: (i: number) => number, second: (i: number) => number): boolean => {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < width / 2; i++) {
        const [a = 0, b = 0] = [values[row * width + first(i)], values[row * width + second(i)]];
        if (!near(a * a + b * b, 1)) return false;
      }
    }
    return true;
  };
  const interleaved = pairs(
    (i) => 2 * i,
    (i) => 2 * i + 1,
  );
  return (
    interleaved ||
    pairs(
      (i) => i,
      (i) => i + width / 2,
    )
  );
}

/** A square matrix ≥ 0 that multiplies from the left, with a zero somewhere, or symmetric, or with rows (or columns) that sum to 1. */
function isAdjacency({ values, shape }: Constant, uses: readonly Use[]): boolean {
  const size = shape.at(-1) ?? 1;
  const fromLeft = uses.length > 0 && uses.every(({ node, position }) => node.opType === 'MatMul' && position === 0);
  if (!fromLeft || shape.length < 2 || shape.at(-2) !== size || sizeOf(shape) !== size * size) return false;
  if (values.some((value) => value < 0)) return false;
  const at = (row: number, column: number): number => values[row * size + column] ?? 0;
  const range = Array.from({ length: size }, (_, i) => i);
  const sumsToOne = (entry: (i: number, j: number) => number): boolean =>
    range.every((i) =>
      near(
        range.reduce((sum, j) => sum + entry(i, j), 0),
        1,
      ),
    );
  const symmetric = range.every((i) => range.every((j) => at(i, j) === at(j, i)));
  return values.includes(0) || symmetric || sumsToOne(at) || sumsToOne((i, j) => at(j, i));
}

/** Of several output channels, each has the same filter: a blur or an edge filter. */
function hasEqualChannels({ values, shape }: Constant): boolean {
  const channels = shape[0] ?? 1;
  const size = values.length / channels;
  return channels > 1 && size > 1 && values.every((value, position) => value === values[position % size]);
}

/** Arithmetic or geometric, strictly monotonic: frequencies, time steps, anchors. */
function isProgression(values: ArrayLike<number>): boolean {
  const [first = 0, second = 0] = [values[0], values[1]];
  return values.length >= 4 && (steady(values, second - first, 0) || steady(values, second / first, 1));
}

/** Whether every number follows from the one before by adding the step (`still` 0) or multiplying by it (`still` 1). */
function steady(values: ArrayLike<number>, step: number, still: 0 | 1): boolean {
  if (!Number.isFinite(step) || step === still) return false;
  for (let i = 1; i < values.length; i++) {
    const [before = 0, value = 0] = [values[i - 1], values[i]];
    const taken = still === 0 ? value - before : value / before;
    if (!(Math.abs(taken - step) <= 1e-4 * Math.abs(step))) return false;
  }
  return true;
}
