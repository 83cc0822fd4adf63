/** What both sides train: the same net from the same parameters on the same batches, as files (case.json, raw little-endian arrays). */
import fs from 'node:fs';
import path from 'node:path';
import { cifarResnet, initialParameters, MiniBatches, type Architecture, type DataSet } from '@ritz/training';

export interface TrainCase {
  readonly threads: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly examples: number;
  readonly rate: number;
  readonly momentum: number;
  readonly seed: number;
}

export function benchmarkModel(): Architecture {
  return cifarResnet({ depth: 20 });
}

/** Images [3, 32, 32] of noise with a mean of its own for each class, so that there is something to learn. */
export function benchmarkData({ examples }: TrainCase): DataSet {
  const size = 3 * 32 * 32;
  let state = 7;
  // The generator of Numerical Recipes: the same data wherever a case is made.
  const uniform = (): number => (state = (Math.imul(1664525, state) + 1013904223) >>> 0) / 2 ** 32;
  const labels = Int32Array.from({ length: examples }, () => Math.floor(10 * uniform()));
  const inputs = Float32Array.from({ length: examples * size }, (_, i) => {
    const label = labels[Math.floor(i / size)] ?? 0;
    return 2 * uniform() - 1 + 0.2 * Math.sin((label + 1) * (i % size));
  });
  return { name: 'noise', inputs, labels, inputShape: [3, 32, 32], classes: 10 };
}

export function writeCase(directory: string, settings: TrainCase): void {
  const { batchSize, steps, seed } = settings;
  const model = benchmarkModel();
  const { inputs, labels } = benchmarkData(settings);
  const shapes = model.parameters.map(({ name, shape }) => ({ name, shape }));
  fs.writeFileSync(path.join(directory, 'case.json'), JSON.stringify({ ...settings, parameters: shapes }));
  const order = new MiniBatches(positions(labels), { size: batchSize, seed, precision: 'float32' });
  const arrays = {
    parameters: Float32Array.from(initialParameters(model, seed)),
    inputs,
    targets: labels,
    order: Int32Array.from(Array.from({ length: steps }, () => [...order.next().inputs]).flat()),
  };
  for (const [name, values] of Object.entries(arrays)) {
    fs.writeFileSync(path.join(directory, `${name}.bin`), new Uint8Array(values.buffer));
  }
}

/** A data set whose inputs are the positions of its examples: its batches say which examples make a batch. */
function positions(labels: Int32Array): DataSet {
  return { name: 'positions', inputs: Float32Array.from(labels.keys()), labels, inputShape: [1], classes: 10 };
}

export function readCase(directory: string): TrainCase {
  return JSON.parse(fs.readFileSync(path.join(directory, 'case.json'), 'utf8')) as TrainCase;
}
