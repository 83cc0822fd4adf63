/** A thread's own copies of the vectors of a pass and of its outputs: ONNX Runtime takes no shared memory. */
import { floatArray, type FloatArray, type Precision } from '@ritz/lanczos';
import * as ort from 'onnxruntime-node';
import { sizeOf } from '../../graph/Node.ts';
import type { FlatPass, FlatRun } from '../FlatPass.ts';
import { addOutputs, cutVectors } from '../flatRun.ts';

type OrtTensors = Readonly<Record<string, ort.Tensor>>;

/** Memory is kept from pass to pass: clearing new pages takes longer than filling them. */
export class FlatTensors {
  private readonly precision: Precision;
  private vectors: FloatArray;
  private outputs: FloatArray;
  private pass = -1;
  private directions: OrtTensors = {};
  private products: OrtTensors = {};

  constructor(precision: Precision) {
    this.precision = precision;
    this.vectors = floatArray(precision, 0);
    this.outputs = floatArray(precision, 0);
  }

  /** Runs on the pass's vectors, which are copied once however many runs it has, and adds the outputs up. */
  async run(run: FlatRun, session: (directions: OrtTensors, products: OrtTensors) => Promise<unknown>): Promise<void> {
    this.prepare(run.pass);
    await session(this.directions, this.products);
    addOutputs(run, this.outputs);
  }

  /** Frees the memory. */
  release(): void {
    this.vectors = floatArray(this.precision, 0);
    this.outputs = floatArray(this.precision, 0);
    this.directions = {};
    this.products = {};
    this.pass = -1;
  }

  private prepare(pass: FlatPass): void {
    if (pass.id === this.pass) return;
    const { length } = pass.vectors;
    if (this.vectors.length < length) {
      this.release();
      this.vectors = floatArray(this.precision, length);
      this.outputs = floatArray(this.precision, length);
    }
    cutVectors(pass, this.vectors);
    this.directions = tensorsOf(pass, this.vectors, 'direction');
    this.products = tensorsOf(pass, this.outputs, 'product');
    this.pass = pass.id;
  }
}

function tensorsOf({ k, shapes }: FlatPass, numbers: FloatArray, prefix: string): OrtTensors {
  const tensors: Record<string, ort.Tensor> = {};
  let offset = 0;
  shapes.forEach((shape, i) => {
    const size = k * sizeOf(shape);
    const data = numbers.subarray(offset, offset + size);
    const dims = [k, ...shape];
    tensors[`${prefix}${i}`] =
      data instanceof Float64Array ? new ort.Tensor('float64', data, dims) : new ort.Tensor('float32', data, dims);
    offset += size;
  });
  return tensors;
}
