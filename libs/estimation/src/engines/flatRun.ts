/**
 * Products of a program with flat vectors, in memory that threads share: each thread cuts the vectors into the program's inputs and adds
 * what its runs give to the sums of all, so that nothing is copied between threads.
 */
import type { FloatArray } from '@ritz/lanczos';
import { sizeOf } from '../graph/Node.ts';
import type { Tensors } from './Engine.ts';
import type { FlatPass, FlatRun } from './FlatPass.ts';

const abandoned = -1;

/** Releases all runs that wait for their turn when one of them has failed, so that the result will not be used. */
export function abandon({ turn }: FlatPass): void {
  Atomics.store(turn, 0, abandoned);
  Atomics.notify(turn, 0);
}

/** Copies the rows of tensor after tensor, each [k, size], out of the vectors into `target`, one tensor after the other. */
export function cutVectors({ k, shapes, vectors }: FlatPass, target: FloatArray): void {
  const n = vectors.length / k;
  let offset = 0;
  for (const shape of shapes) {
    const size = sizeOf(shape);
    for (let row = 0; row < k; row++) {
      const start = row * n + offset;
      target.set(vectors.subarray(start, start + size), k * offset + row * size);
    }
    offset += size;
  }
}

/**
 * Adds outputs, [k, size] one tensor after the other, to the sums, when it is the run's turn: the bits do not depend on who runs when. To be
 * called in threads, or where runs follow each other.
 */
export function addOutputs(run: FlatRun, outputs: FloatArray): void {
  const { pass, position } = run;
  const { turn, sums, decay } = pass;
  let current = Atomics.load(turn, 0);
  for (; current !== position; current = Atomics.load(turn, 0)) {
    if (current === abandoned) return;
    Atomics.wait(turn, 0, current);
  }
  const isLast = position === pass.runs - 1;
  if (!sums) eachRow(run, outputs, scaleRow, pass.result, pass.result);
  else if (position === 0) eachRow(run, outputs, scaleRow, sums, sums);
  else if (isLast && !decay) eachRow(run, outputs, addRow, sums, pass.result);
  else eachRow(run, outputs, addRow, sums, sums);
  if (isLast && sums && decay) addDecay(pass, sums, decay);
  Atomics.compareExchange(turn, 0, position, position + 1);
  Atomics.notify(turn, 0);
}

/** On `size` numbers: of `outputs` from `from` on, of the others from `at` on. */
type RowRule = (
  sums: FloatArray,
  target: FloatArray,
  outputs: FloatArray,
  weight: number,
  at: number,
  from: number,
  size: number,
) => void;

const scaleRow: RowRule = (_, target, outputs, weight, at, from, size) => {
  if (weight === 1) target.set(outputs.subarray(from, from + size), at);
  else for (let i = 0; i < size; i++) target[at + i] = weight * (outputs[from + i] as number);
};

const addRow: RowRule = (sums, target, outputs, weight, at, from, size) => {
  for (let i = 0; i < size; i++) target[at + i] = (sums[at + i] as number) + weight * (outputs[from + i] as number);
};

function eachRow(
  { pass: { k, shapes, vectors }, weight }: FlatRun,
  outputs: FloatArray,
  rule: RowRule,
  sums: FloatArray,
  target: FloatArray,
): void {
  const n = vectors.length / k;
  let offset = 0;
  for (const shape of shapes) {
    const size = sizeOf(shape);
    for (let row = 0; row < k; row++) {
      rule(sums, target, outputs, weight, row * n + offset, k * offset + row * size, size);
    }
    offset += size;
  }
}

function addDecay({ k, vectors, result }: FlatPass, sums: Float64Array, decay: Float64Array): void {
  const n = decay.length;
  for (let row = 0; row < k; row++) {
    const start = row * n;
    for (let i = 0; i < n; i++) {
      result[start + i] = (sums[start + i] as number) + (decay[i] as number) * (vectors[start + i] as number);
    }
  }
}

/** The run by a program that takes tensors and returns tensors, in this thread. */
export async function runOnTensors(run: FlatRun, program: (feeds: Tensors) => Promise<Tensors>): Promise<void> {
  const { k, shapes, vectors } = run.pass;
  const cut = vectors.slice();
  cutVectors(run.pass, cut);
  const feeds: Record<string, Tensors[string]> = {};
  let offset = 0;
  shapes.forEach((shape, i) => {
    const size = k * sizeOf(shape);
    feeds[`direction${i}`] = { shape: [k, ...shape], data: cut.subarray(offset, offset + size) };
    offset += size;
  });
  const outputs = await program(feeds);
  offset = 0;
  shapes.forEach((shape, i) => {
    cut.set(outputs[`product${i}`]?.data ?? [], offset);
    offset += k * sizeOf(shape);
  });
  addOutputs(run, cut);
}
