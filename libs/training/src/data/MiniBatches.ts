/** Mini-batches in a seeded random order, drawn anew at every epoch. */
import { floatArray, type FloatArray, type Precision } from '@ritz/lanczos';
import { augmentImages } from './augment.ts';
import { exampleCount, selectExamples, type DataSet } from './DataSet.ts';
import { randomOrder, randomStream, type RandomStream } from './randomStream.ts';

export interface MiniBatchOptions {
  /** At most the number of examples. */
  readonly size: number;
  readonly seed: number;
  readonly precision: Precision;
  /** Shift and mirror the images at random; the data must be images [channels, rows, columns]. Default false. */
  readonly augment?: boolean;
  /** The inputs are indices, such as the characters of a text. Default: numbers. */
  readonly ofIndices?: boolean;
}

export class MiniBatches {
  /** Full batches per epoch; the remaining examples are skipped until the next permutation. */
  readonly perEpoch: number;
  private readonly data: DataSet;
  private readonly options: MiniBatchOptions;
  private readonly stream: RandomStream;
  private order: Int32Array = new Int32Array();
  private position = 0;

  constructor(data: DataSet, options: MiniBatchOptions) {
    this.perEpoch = Math.floor(exampleCount(data) / options.size);
    this.data = data;
    this.options = options;
    this.stream = randomStream(options.seed, 'order');
  }

  next(): { readonly inputs: FloatArray | Int32Array; readonly labels: Int32Array } {
    const { size, seed, precision, augment = false, ofIndices = false } = this.options;
    this.drawOrder();
    const first = (this.position % this.perEpoch) * size;
    const { inputs, labels } = selectExamples(this.data, this.order.subarray(first, first + size));
    if (augment) augmentImages(inputs, this.data.inputShape, seed, this.position);
    this.position++;
    if (ofIndices) return { inputs: Int32Array.from(inputs), labels };
    return { inputs: precision === 'float64' ? floatArray('float64', inputs) : inputs, labels };
  }

  /** Skips this many batches, as a resumed run does. */
  skip(batches: number): void {
    for (let passed = 0; passed < batches; passed++) {
      this.drawOrder();
      this.position++;
    }
  }

  private drawOrder(): void {
    if (this.position % this.perEpoch === 0) this.order = randomOrder(exampleCount(this.data), this.stream);
  }
}
