/** One measurement's inputs as files that both sides read: case.json and raw little-endian arrays. */
import fs from 'node:fs';
import path from 'node:path';
import { elementCount, parameterCount, sizeOf } from '@ritz/estimation';
import { drawParameters, type BenchmarkNet } from './nets.ts';

export interface CaseSettings {
  readonly net: string;
  readonly examples: number;
  readonly vectors: number;
  readonly threads: number;
  /** At least. */
  readonly repeats: number;
}

/** Duration for which each side repeats its products. */
export const minSeconds = 1;

/** Uniform on [0, 1) by the generator of Numerical Recipes, so that a case is the same wherever it is made. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(1664525, state) + 1013904223) >>> 0) / 2 ** 32;
}

/** Writes parameters, buffers, inputs, targets and vectors; `running` statistics are those after some training data. */
export function writeCase(directory: string, net: BenchmarkNet, settings: CaseSettings): void {
  const { model, classes } = net;
  const next = generator(7);
  const symmetric = (count: number): Float32Array => Float32Array.from({ length: count }, () => 2 * next() - 1);
  const buffers = new Float32Array(elementCount(model.buffers));
  let offset = 0;
  for (const { name, shape } of model.buffers) {
    for (let i = 0; i < sizeOf(shape); i++) buffers[offset++] = name.endsWith('variance') ? 1 + next() : 0.1 * next();
  }
  const arrays = {
    parameters: drawParameters(model, next),
    buffers,
    inputs: symmetric(settings.examples * sizeOf(model.inputShape)),
    targets: Int32Array.from({ length: settings.examples }, () => Math.floor(next() * classes)),
    vectors: symmetric(settings.vectors * parameterCount(model)),
  };
  const shapes = model.parameters.map(({ name, shape }) => ({ name, shape }));
  const described = {
    ...settings,
    minSeconds,
    batchNorm: net.batchNorm,
    parameters: shapes,
    buffers: model.buffers,
    inputShape: model.inputShape,
  };
  fs.writeFileSync(path.join(directory, 'case.json'), JSON.stringify(described));
  for (const [name, values] of Object.entries(arrays)) {
    fs.writeFileSync(path.join(directory, `${name}.bin`), new Uint8Array(values.buffer));
  }
}

export function readSettings(directory: string): CaseSettings {
  return JSON.parse(fs.readFileSync(path.join(directory, 'case.json'), 'utf8')) as CaseSettings;
}

/** Reads a float32 array of the case, or one that a side wrote. */
export function readFloats(directory: string, name: string): Float32Array {
  return new Float32Array(Uint8Array.from(fs.readFileSync(path.join(directory, `${name}.bin`))).buffer);
}

export function readIntegers(directory: string, name: string): Int32Array {
  return new Int32Array(Uint8Array.from(fs.readFileSync(path.join(directory, `${name}.bin`))).buffer);
}

/** ‖a − b‖ / ‖b‖ */
export function relativeDistance(a: Float32Array, b: Float32Array): number {
  let [difference, norm] = [0, 0];
  b.forEach((value, i) => {
    difference += (value - (a[i] ?? Number.NaN)) ** 2;
    norm += value * value;
  });
  return Math.sqrt(difference / norm);
}
