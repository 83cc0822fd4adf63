/** Mini-batches in a seeded random order, drawn anew at every epoch. */
import { floatArray, type FloatArray, type Precision } from '@ritz/estimation';
import { selectExamples, type DataSet } from './DataSet.ts';
import { randomOrder, randomStream, type RandomStream } from './randomStream.ts';

export class MiniBatches {
  /** Whole batches that the examples make; what is left over is skipped until the next order. */
  readonly perEpoch: number;
  private readonly data: DataSet;
  private readonly size: number;
  private readonly precision: Precision;
  private readonly stream: RandomStream;
  private order: Int32Array = new Int32Array();
  private position = 0;

  /** `size` is at most the number of examples. */
  constructor(data: DataSet, size: number, seed: number, precision: Precision) {
    this.perEpoch = Math.floor(data.labels.length / size);
    this.data = data;
    this.size = size;
    this.precision = precision;
    this.stream = randomStream(seed, 'order');
  }

  next(): { readonly inputs: FloatArray; readonly labels: Int32Array } {
    if (this.position % this.perEpoch === 0) this.order = randomOrder(this.data.labels.length, this.stream);
    const first = (this.position++ % this.perEpoch) * this.size;
    const { inputs, labels } = selectExamples(this.data, this.order.subarray(first, first + this.size));
    return { inputs: this.precision === 'float64' ? floatArray('float64', inputs) : inputs, labels };
  }
}
