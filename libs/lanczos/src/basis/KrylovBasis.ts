/** The orthonormal basis of one probe, kept in the operator's precision, with the float64 vector that it works on. */
import type { FloatArray, Precision } from '../numbers/precision.ts';
import type { Executor } from './executors.ts';
import type { Pass } from './passes.ts';
import { floatsAt } from './RowStore.ts';
import { workAt, type Segment } from './workspace.ts';

/** The result of a pass over all blocks: products with the rows, and the squared norm of the working vector. */
export interface Sums {
  readonly products: Float64Array;
  readonly squares: number;
}

/** One step of Gram–Schmidt: Σ coefficients[r] · row of the rows from `from` on is subtracted; then products with those from `project` on. */
export interface Subtraction {
  readonly from: number;
  readonly coefficients: ArrayLike<number>;
  readonly project: number | null;
}

export class KrylovBasis {
  private readonly executor: Executor;
  private readonly slot: number;
  private count = 0;

  /**
   * A basis in one of the workspace's slots. Where `ownsVector` is false all bases share the working vector: finish with one before
   * the next.
   */
  constructor(executor: Executor, slot: number) {
    this.executor = executor;
    this.slot = slot;
  }

  get ownsVector(): boolean {
    return this.executor.workspace.works > 1 || this.executor.workspace.size.bases === 1;
  }

  get size(): number {
    return this.count;
  }

  /** Puts a vector of n numbers into the working vector. */
  load(vector: ArrayLike<number>): void {
    for (const segment of this.segments) {
      const { start, columns } = segment;
      const target = this.working(segment);
      // Typed arrays convert in native code.
      if (isFloatArray(vector)) target.set(vector.subarray(start, start + columns));
      else for (let i = 0; i < columns; i++) target[i] = vector[start + i] as number;
    }
  }

  /** Each basis' subtraction from its working vector, at the same time. Throws what the executor's `run` throws, as do the methods below. */
  static async subtract(
    bases: readonly KrylovBasis[],
    subtractionOf: (basis: KrylovBasis, index: number) => Subtraction,
  ): Promise<Sums[]> {
    const passes = bases.map((basis, index): Pass => {
      const { from, coefficients, project } = subtractionOf(basis, index);
      basis.setCoefficients(Array.from(coefficients, (value) => -value));
      const count = basis.count;
      return { kind: 'multiply', ...basis.place, count, combine: coefficients.length > 0 ? from : null, project };
    });
    await bases[0]?.executor.run(passes);
    return bases.map((basis, index) => basis.sums(passes[index] as Pass));
  }

  /** Appends to each basis its working vector / norm. */
  static async append(bases: readonly KrylovBasis[], norms: readonly number[]): Promise<void> {
    const passes = bases.map((basis, index): Pass => {
      basis.setCoefficients([1 / (norms[index] as number)]);
      return { kind: 'append', ...basis.place, row: basis.count };
    });
    await bases[0]?.executor.run(passes);
    for (const basis of bases) basis.count++;
  }

  /** Appends a row unchanged. */
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
    for (const segment of this.segments) this.working(segment).fill(0);
    this.setCoefficients(coefficients);
    const count = coefficients.length;
    await this.executor.run([{ kind: 'multiply', ...this.place, count, combine: 0, project: null }]);
    for (const segment of this.segments) target.set(this.working(segment).subarray(0, segment.columns), segment.start);
  }

  private get segments(): readonly Segment[] {
    return this.executor.workspace.segments;
  }

  private get precision(): Precision {
    return this.executor.workspace.size.precision;
  }

  private get place(): { readonly slot: number; readonly work: number } {
    return { slot: this.slot, work: this.executor.workspace.works > 1 ? this.slot : 0 };
  }

  private setCoefficients(coefficients: ArrayLike<number>): void {
    for (const segment of this.segments) {
      const { coefficients: at } = workAt(segment, this.place.work, 0);
      new Float64Array(segment.memory.buffer, at, coefficients.length).set(coefficients);
    }
  }

  private working(segment: Segment): Float64Array {
    return new Float64Array(segment.memory.buffer, workAt(segment, this.place.work, 0).vector, segment.padded);
  }

  /** What a pass has left in all blocks, always added in their order, whoever did them. */
  private sums(pass: Pass): Sums {
    const count = pass.kind === 'multiply' && pass.project !== null ? pass.count - pass.project : 0;
    const sums = new Float64Array(count + 1);
    for (const { segment, index } of this.executor.blocks) {
      const part = new Float64Array(segment.memory.buffer, workAt(segment, this.place.work, index).products, count + 1);
      for (let r = 0; r <= count; r++) sums[r] = (sums[r] as number) + (part[r] as number);
    }
    return { products: sums.subarray(0, count), squares: sums[count] as number };
  }
}

function isFloatArray(vector: ArrayLike<number>): vector is FloatArray {
  return vector instanceof Float64Array || vector instanceof Float32Array;
}
