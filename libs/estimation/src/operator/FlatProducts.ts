/** The memory that the threads of a curvature's passes share: vectors, products and their sums. */
import { isShared, sharedFloatArray, type FloatArray, type Precision } from '@ritz/lanczos';
import type { FlatPass } from '../engines/FlatPass.ts';
import type { Shape } from '../graph/Node.ts';

export interface FlatProductsOptions {
  /** Of the tensors that a vector is cut into. */
  readonly shapes: readonly Shape[];
  /** Micro-batches. */
  readonly runs: number;
  readonly precision: Precision;
  /** [n] */
  readonly decay: Float64Array | undefined;
}

/** Of the process. */
let nextPass = 0;

export class FlatProducts {
  private readonly options: FlatProductsOptions;
  private readonly decay: Float64Array | null;
  private readonly turn = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  /** Kept from pass to pass. */
  private readonly memory = new Map<string, FloatArray>();

  constructor(options: FlatProductsOptions) {
    this.options = options;
    this.decay = options.decay ? (sharedFloatArray('float64', options.decay.length) as Float64Array) : null;
    if (options.decay) this.decay?.set(options.decay);
  }

  /** Runs all of a pass's runs on `vectors` and puts what they sum up to into `result`, [k, n] each. One at a time. */
  async compute(
    vectors: FloatArray,
    k: number,
    result: FloatArray,
    run: (pass: FlatPass) => Promise<void>,
  ): Promise<void> {
    const { shapes, runs, precision } = this.options;
    const { length } = vectors;
    const given = isShared(vectors, precision);
    const taken = isShared(result, precision);
    const pass: FlatPass = {
      id: nextPass++,
      k,
      shapes,
      vectors: given ? vectors : this.room('vectors', precision, length),
      result: taken ? result : this.room('result', precision, length),
      decay: this.decay,
      runs,
      sums: runs > 1 || this.decay ? (this.room('sums', 'float64', length) as Float64Array) : null,
      turn: this.turn,
    };
    if (!given) pass.vectors.set(vectors);
    Atomics.store(this.turn, 0, 0);
    await run(pass);
    if (!taken) result.set(pass.result);
  }

  /** Frees the memory. */
  release(): void {
    this.memory.clear();
  }

  private room(name: string, precision: Precision, length: number): FloatArray {
    const known = this.memory.get(name);
    if (known && known.length >= length) return known.subarray(0, length);
    const made = sharedFloatArray(precision, length);
    this.memory.set(name, made);
    return made;
  }
}
