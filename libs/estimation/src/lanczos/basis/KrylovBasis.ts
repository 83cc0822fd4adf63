/**
 * The orthonormal basis of one probe, kept in the operator's precision. Orthogonalisation is two passes of classical
 * Gram–Schmidt against all rows ("twice is enough": Giraud, Langou, Rozložník and van den Eshof, Numer. Math. 101, 2005),
 * each a product with the whole basis, accumulated in float64. Pass one subtracts from a block of columns and at once projects
 * that block for pass two, so that the basis is read from memory three times and not four.
 */
import type { FloatArray, Precision } from '../../engines/Engine.ts';
import type { Segment } from './workspace.ts';

/** Columns handled at a time: 100 rows of them stay in a core's own cache. Fixed, because it decides the order of sums. */
const blockColumns = 1024;

export interface Orthogonalised {
  /** Inner product with the newest row, before it was removed: α of the Lanczos recurrence. */
  readonly alongNewest: number;
  /** Norm of what is left: β. */
  readonly norm: number;
}

export class KrylovBasis {
  private readonly segments: readonly Segment[];
  private readonly slot: number;
  private readonly precision: Precision;
  private count = 0;

  /** A basis in one of the workspace's slots. All bases share the working vector: finish with one before the next. */
  constructor(segments: readonly Segment[], slot: number, precision: Precision) {
    this.segments = segments;
    this.slot = slot;
    this.precision = precision;
  }

  get size(): number {
    return this.count;
  }

  /** Puts a vector of n numbers into the working vector. */
  load(vector: ArrayLike<number>): void {
    for (const segment of this.segments) {
      const { start, columns } = segment;
      const target = working(segment);
      for (let i = 0; i < columns; i++) target[i] = vector[start + i] as number;
    }
  }

  /** Makes the working vector orthogonal to every row. */
  orthogonalise(): Orthogonalised {
    const first = this.eachSegment((segment, block) => {
      this.project(segment, block);
    });
    const second = this.eachSegment((segment, block) => {
      this.combine(segment, block, this.count);
      this.project(segment, block);
    }, first.map(negate));
    let squares = 0;
    this.eachSegment((segment, block) => {
      this.combine(segment, block, this.count);
      squares += squaredNorm(segment, block);
    }, second.map(negate));
    const newest = this.count - 1;
    return { alongNewest: (first[newest] ?? 0) + (second[newest] ?? 0), norm: Math.sqrt(squares) };
  }

  /** Appends working vector / norm. */
  append(norm: number): void {
    for (const segment of this.segments) {
      const row = this.row(segment, this.count);
      const source = working(segment);
      for (let i = 0; i < row.length; i++) row[i] = (source[i] as number) / norm;
    }
    this.count++;
  }

  /** Appends a row as it is. */
  restore(stored: FloatArray): void {
    for (const segment of this.segments) {
      const { start, columns } = segment;
      this.row(segment, this.count).set(stored.subarray(start, start + columns));
    }
    this.count++;
  }

  /** Copies a row to `target`, from `offset` on. */
  copyRow(index: number, target: FloatArray, offset = 0): void {
    for (const segment of this.segments) target.set(this.row(segment, index), offset + segment.start);
  }

  /** Σ coefficients[r] · row r into `target`, over as many rows as there are coefficients. Overwrites the working vector. */
  combination(coefficients: ArrayLike<number>, target: FloatArray): void {
    for (const segment of this.segments) working(segment).fill(0);
    this.eachSegment((segment, block) => this.combine(segment, block, coefficients.length), coefficients);
    for (const segment of this.segments) target.set(working(segment).subarray(0, segment.columns), segment.start);
  }

  /** Runs over all blocks with these coefficients set; returns the sums of the products over the segments. */
  private eachSegment(
    body: (segment: Segment, block: Block) => void,
    coefficients: ArrayLike<number> = [],
  ): Float64Array {
    const sums = new Float64Array(this.count);
    for (const segment of this.segments) {
      const { memory, padded } = segment;
      new Float64Array(memory.buffer, segment.coefficients, coefficients.length).set(coefficients);
      const products = new Float64Array(memory.buffer, segment.products, this.count).fill(0);
      for (let first = 0; first < padded; first += blockColumns) {
        body(segment, { first, columns: Math.min(blockColumns, padded - first) });
      }
      for (let r = 0; r < this.count; r++) sums[r] = (sums[r] as number) + (products[r] as number);
    }
    return sums;
  }

  private project(segment: Segment, block: Block): void {
    const { kernels, stride, vector, products } = segment;
    const rows = this.address(segment, 0, block.first);
    kernels[this.precision].project(rows, stride, this.count, vector + 8 * block.first, block.columns, products);
  }

  private combine(segment: Segment, block: Block, count: number): void {
    const { kernels, stride, vector, coefficients } = segment;
    const rows = this.address(segment, 0, block.first);
    kernels[this.precision].combine(rows, stride, count, vector + 8 * block.first, block.columns, coefficients);
  }

  private address({ bases, stride }: Segment, row: number, column: number): number {
    return (bases[this.slot] ?? 0) + row * stride + column * (this.precision === 'float64' ? 8 : 4);
  }

  private row(segment: Segment, index: number): FloatArray {
    const { memory, columns } = segment;
    const address = this.address(segment, index, 0);
    return this.precision === 'float64'
      ? new Float64Array(memory.buffer, address, columns)
      : new Float32Array(memory.buffer, address, columns);
  }
}

interface Block {
  readonly first: number;
  readonly columns: number;
}

function negate(value: number): number {
  return -value;
}

function working({ memory, vector, padded }: Segment): Float64Array {
  return new Float64Array(memory.buffer, vector, padded);
}

function squaredNorm({ memory, vector }: Segment, { first, columns }: Block): number {
  let sum = 0;
  for (const value of new Float64Array(memory.buffer, vector + 8 * first, columns)) sum += value * value;
  return sum;
}
