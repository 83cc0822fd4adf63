/** Work done block by block: a block's columns of all rows are read once per pass. */
import { bytesPerNumber, type Precision } from '../numbers/precision.ts';
import type { Block } from './blocks.ts';
import { workAt } from './workspace.ts';

export type Pass =
  | {
      /**
       * Adds a combination of the rows from `combine` on to the working vector, unless null; then its products with the rows from
       * `project` on, unless null, and its squared norm. Of `count` rows.
       */
      readonly kind: 'multiply';
      readonly slot: number;
      /** Which of the working vectors. */
      readonly work: number;
      readonly count: number;
      readonly combine: number | null;
      readonly project: number | null;
    }
  | {
      /** Writes the working vector as a row, times the one coefficient. */
      readonly kind: 'append';
      readonly slot: number;
      readonly work: number;
      readonly row: number;
    };

/** Does blocks of passes for as long as `claim` gives indexes of some: all blocks of the first pass, then of the next. */
export function runPasses(
  blocks: readonly Block[],
  precision: Precision,
  passes: readonly Pass[],
  claim: () => number,
): void {
  const total = blocks.length * passes.length;
  for (let index = claim(); index < total; index = claim()) {
    const pass = passes[Math.floor(index / blocks.length)] as Pass;
    const block = blocks[index % blocks.length] as Block;
    if (pass.kind === 'multiply') multiply(block, precision, pass);
    else append(block, precision, pass);
  }
}

function multiply(
  { segment, columns, kernels, rows, ...block }: Block,
  precision: Precision,
  { slot, work, count, combine, project }: Extract<Pass, { readonly kind: 'multiply' }>,
): void {
  const { coefficients, products, vector } = workAt(segment, work, block.index);
  const from = Math.min(combine ?? count, project ?? count);
  const stride = columns * bytesPerNumber[precision];
  const at = from < count ? rows.load(slot, { ...block, columns }, from, count - from) : 0;
  if (combine !== null) {
    kernels[precision].combine(at + (combine - from) * stride, stride, count - combine, vector, columns, coefficients);
  }
  const projected = project === null ? 0 : count - project;
  new Float64Array(segment.memory.buffer, products, projected + 1).fill(0);
  if (project !== null) {
    kernels[precision].project(at + (project - from) * stride, stride, projected, vector, columns, products);
  }
  kernels.float64.project(vector, 0, 1, vector, columns, products + 8 * projected);
}

function append(
  { segment, columns, kernels, rows, ...block }: Block,
  precision: Precision,
  { slot, work, row }: Extract<Pass, { readonly kind: 'append' }>,
): void {
  const { coefficients, vector } = workAt(segment, work, block.index);
  rows.write(slot, { ...block, columns }, row, (address) => {
    kernels[precision].scale(address, 0, 1, vector, columns, coefficients);
  });
}
