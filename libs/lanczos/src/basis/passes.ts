/** What is done block by block: a block's columns of all rows are read once for everything that a pass does with them. */
import { bytesPerNumber, type Precision } from '../numbers/precision.ts';
import type { Block } from './blocks.ts';

export type Pass =
  | {
      /**
       * Adds a combination of the first `count` rows to the working vector, if `combine`; then its products with those rows, if
       * `project`, and its squared norm.
       */
      readonly kind: 'multiply';
      readonly slot: number;
      readonly count: number;
      readonly combine: boolean;
      readonly project: boolean;
    }
  | {
      /** Writes the working vector as a row, times the one coefficient. */
      readonly kind: 'append';
      readonly slot: number;
      readonly row: number;
    };

/** Does blocks for as long as `claim` gives indexes of some. */
export function runPass(blocks: readonly Block[], precision: Precision, pass: Pass, claim: () => number): void {
  for (let block = blocks[claim()]; block; block = blocks[claim()]) {
    if (pass.kind === 'multiply') multiply(block, precision, pass);
    else append(block, precision, pass);
  }
}

function multiply(
  { segment, columns, products, vector, kernels, rows, ...block }: Block,
  precision: Precision,
  { slot, count, combine, project }: Extract<Pass, { readonly kind: 'multiply' }>,
): void {
  const at = rows.load(slot, { ...block, columns }, 0, count);
  const stride = columns * bytesPerNumber[precision];
  if (combine) kernels[precision].combine(at, stride, count, vector, columns, segment.coefficients);
  const sums = new Float64Array(segment.memory.buffer, products, count + 1).fill(0);
  if (project) kernels[precision].project(at, stride, count, vector, columns, products);
  kernels.float64.project(vector, 0, 1, vector, columns, products + 8 * (sums.length - 1));
}

function append(
  { segment, columns, vector, kernels, rows, ...block }: Block,
  precision: Precision,
  { slot, row }: Extract<Pass, { readonly kind: 'append' }>,
): void {
  rows.write(slot, { ...block, columns }, row, (address) => {
    kernels[precision].scale(address, 0, 1, vector, columns, segment.coefficients);
  });
}
