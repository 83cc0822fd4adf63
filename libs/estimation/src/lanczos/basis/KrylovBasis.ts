/**
 * The orthonormal basis of one probe, kept in the operator's precision. Orthogonalisation is two passes of classical
 * Gram–Schmidt against all rows ("twice is enough": Giraud, Langou, Rozložník and van den Eshof, Numer. Math. 101, 2005),
 * each a product with the whole basis, accumulated in float64. Pass one subtracts from a block of columns and at once projects
 * that block for pass two, so that the basis is read from memory three times and not four.
 */
import type { FloatArray, Precision } from '../../engines/Engine.ts';
import { bytesPerNumber, type Block } from './RowStore.ts';
import { blockColumns, type Segment } from './workspace.ts';

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
      // Typed arrays convert in native code.
      if (isFloatArray(vector)) target.set(vector.subarray(start, start + columns));
      else for (let i = 0; i < columns; i++) target[i] = vector[start + i] as number;
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
    const [squares = 0] = this.eachSegment((segment, block) => {
      this.combine(segment, block, this.count);
      projectOnItself(segment, block);
    }, second.map(negate));
    const newest = this.count - 1;
    return { alongNewest: (first[newest] ?? 0) + (second[newest] ?? 0), norm: Math.sqrt(squares) };
  }

  /** Appends working vector / norm. Throws an EstimationError (STATE_UNWRITABLE) when rows are in a file that cannot grow. */
  append(norm: number): void {
    const scale = 1 / norm;
    this.write((part, segment, { first }) => {
      const source = working(segment);
      for (let i = 0; i < part.length; i++) part[i] = (source[first + i] as number) * scale;
    });
  }

  /** Appends a row as it is. */
  restore(stored: FloatArray): void {
    this.write((part, { start, columns }, { first }) => {
      part.set(stored.subarray(start + first, start + Math.min(first + part.length, columns)));
    });
  }

  /** Copies a row to `target`, from `offset` on. */
  copyRow(index: number, target: FloatArray, offset = 0): void {
    for (const { start, columns, padded, store } of this.segments) {
      for (const block of blocksOf(padded)) {
        const part = store.read(this.slot, block, index).subarray(0, columns - block.first);
        target.set(part, offset + start + block.first);
      }
    }
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
    const sums = new Float64Array(Math.max(1, this.count));
    for (const segment of this.segments) {
      const { memory, padded } = segment;
      new Float64Array(memory.buffer, segment.coefficients, coefficients.length).set(coefficients);
      const products = new Float64Array(memory.buffer, segment.products, sums.length).fill(0);
      for (const block of blocksOf(padded)) body(segment, block);
      for (let r = 0; r < sums.length; r++) sums[r] = (sums[r] as number) + (products[r] as number);
    }
    return sums;
  }

  private project(segment: Segment, block: Block): void {
    const { kernels, vector, products, store } = segment;
    const rows = store.load(this.slot, block, this.count);
    const stride = block.columns * bytesPerNumber[this.precision];
    kernels[this.precision].project(rows, stride, this.count, vector + 8 * block.first, block.columns, products);
  }

  private combine(segment: Segment, block: Block, count: number): void {
    const { kernels, vector, coefficients, store } = segment;
    const rows = store.load(this.slot, block, count);
    const stride = block.columns * bytesPerNumber[this.precision];
    kernels[this.precision].combine(rows, stride, count, vector + 8 * block.first, block.columns, coefficients);
  }

  /** Appends a row, block by block; columns beyond a segment's own must stay 0. */
  private write(fill: (part: FloatArray, segment: Segment, block: Block) => void): void {
    for (const segment of this.segments) {
      for (const block of blocksOf(segment.padded)) {
        segment.store.write(this.slot, block, this.count, (part) => {
          fill(part, segment, block);
        });
      }
    }
    this.count++;
  }
}

function* blocksOf(columns: number): Generator<Block> {
  for (let first = 0; first < columns; first += blockColumns) {
    yield { first, columns: Math.min(blockColumns, columns - first) };
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

/** Adds the squared norm of a block of the working vector to the first product. */
function projectOnItself({ kernels, vector, products }: Segment, { first, columns }: Block): void {
  const at = vector + 8 * first;
  kernels.float64.project(at, 0, 1, at, columns, products);
}
