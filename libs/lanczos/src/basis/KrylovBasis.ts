/**
 * The orthonormal basis of one probe, kept in the operator's precision. Orthogonalisation is two passes of classical
 * Gram–Schmidt against all rows ("twice is enough": Giraud, Langou, Rozložník and van den Eshof, Numer. Math. 101, 2005),
 * each a product with the whole basis, accumulated in float64. Pass one subtracts from a block of columns and at once projects
 * that block for pass two, so that the basis is read from memory three times and not four.
 */
import type { FloatArray, Precision } from '../numbers/precision.ts';
import type { Executor } from './executors.ts';
import { floatsAt } from './RowStore.ts';
import type { Segment } from './workspace.ts';

export interface Orthogonalised {
  /** Inner product with the newest row, before it was removed: α of the Lanczos recurrence. */
  readonly alongNewest: number;
  /** Norm of what is left: β. */
  readonly norm: number;
}

/** What a pass over all blocks gives: products with the rows, and the squared norm of the working vector. */
interface Sums {
  readonly products: Float64Array;
  readonly squares: number;
}

export class KrylovBasis {
  private readonly executor: Executor;
  private readonly slot: number;
  private count = 0;

  /** A basis in one of the workspace's slots. All bases share the working vector: finish with one before the next. */
  constructor(executor: Executor, slot: number) {
    this.executor = executor;
    this.slot = slot;
  }

  get size(): number {
    return this.count;
  }

  /** Puts a vector of n numbers into the working vector. */
  load(vector: ArrayLike<number>): void {
    for (const segment of this.segments) {
      const { start, columns } = segment;
      const target = working(segment);
      // Typed arrays convert in native code.
      if (isFloatArray(vector)) target.set(vector.subarray(start, start + columns));
      else for (let i = 0; i < columns; i++) target[i] = vector[start + i] as number;
    }
  }

  /** Makes the working vector orthogonal to every row. Throws what the executor's `run` throws, as all that follow do. */
  async orthogonalise(): Promise<Orthogonalised> {
    const first = await this.multiply({ combine: false, project: true }, new Float64Array(this.count));
    const second = await this.multiply({ combine: true, project: true }, first.products.map(negate));
    const { squares } = await this.multiply({ combine: true, project: false }, second.products.map(negate));
    const newest = this.count - 1;
    return { alongNewest: (first.products[newest] ?? 0) + (second.products[newest] ?? 0), norm: Math.sqrt(squares) };
  }

  /** Appends working vector / norm. */
  async append(norm: number): Promise<void> {
    this.setCoefficients([1 / norm]);
    await this.executor.run({ kind: 'append', slot: this.slot, row: this.count });
    this.count++;
  }

  /** Appends a row as it is. */
  restore(stored: FloatArray): void {
    for (const { segment, rows, ...block } of this.executor.blocks) {
      const from = segment.start + block.first;
      const own = Math.min(block.columns, segment.columns - block.first);
      rows.write(this.slot, block, this.count, (address) => {
        floatsAt(segment.memory, this.precision, address, own).set(stored.subarray(from, from + own));
      });
    }
    this.count++;
  }

  /** Copies a row to `target`, from `offset` on. */
  copyRow(index: number, target: FloatArray, offset = 0): void {
    for (const { segment, rows, ...block } of this.executor.blocks) {
      const own = Math.min(block.columns, segment.columns - block.first);
      const part = floatsAt(segment.memory, this.precision, rows.load(this.slot, block, index, 1), own);
      target.set(part, offset + segment.start + block.first);
    }
  }

  /** Σ coefficients[r] · row r into `target`, over as many rows as there are coefficients. Overwrites the working vector. */
  async combination(coefficients: ArrayLike<number>, target: FloatArray): Promise<void> {
    for (const segment of this.segments) working(segment).fill(0);
    await this.multiply({ combine: true, project: false }, coefficients);
    for (const segment of this.segments) target.set(working(segment).subarray(0, segment.columns), segment.start);
  }

  private get segments(): readonly Segment[] {
    return this.executor.workspace.segments;
  }

  private get precision(): Precision {
    return this.executor.workspace.size.precision;
  }

  private setCoefficients(coefficients: ArrayLike<number>): void {
    for (const { memory, coefficients: at } of this.segments) {
      new Float64Array(memory.buffer, at, coefficients.length).set(coefficients);
    }
  }

  private async multiply(
    what: { readonly combine: boolean; readonly project: boolean },
    coefficients: ArrayLike<number>,
  ): Promise<Sums> {
    const count = coefficients.length;
    this.setCoefficients(coefficients);
    await this.executor.run({ kind: 'multiply', slot: this.slot, count, ...what });
    // Always in the order of the blocks, whoever did them.
    const sums = new Float64Array(count + 1);
    for (const { segment, products } of this.executor.blocks) {
      const part = new Float64Array(segment.memory.buffer, products, count + 1);
      for (let r = 0; r <= count; r++) sums[r] = (sums[r] as number) + (part[r] as number);
    }
    return { products: sums.subarray(0, count), squares: sums[count] as number };
  }
}

function isFloatArray(vector: ArrayLike<number>): vector is FloatArray {
  return vector instanceof Float64Array || vector instanceof Float32Array;
}

function negate(value: number): number {
  return -value;
}

function working({ memory, vector, padded }: Segment): Float64Array {
  return new Float64Array(memory.buffer, vector, padded);
}
