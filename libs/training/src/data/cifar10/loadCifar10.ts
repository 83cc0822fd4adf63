/** CIFAR-10: 50,000 training and 10,000 test images of 32 × 32 pixels in three colours, ten classes. */
import { TrainingError } from '../../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from '../DataSet.ts';
import { cifar10Files, imagesPerFile, readCifar10File, recordBytes } from './files.ts';

const plane = 32 * 32;
const channels = 3;
/** Mean and standard deviation of each colour over the training images, on a scale from 0 to 1. */
const mean = [0.4914, 0.4822, 0.4465] as const;
const deviation = [0.247, 0.2435, 0.2616] as const;

export interface Cifar10Options {
  /** Use only the first N training images. Default: all 50,000. */
  readonly trainExamples?: number;
  /** Use only the first N test images. Default: all 10,000. */
  readonly testExamples?: number;
}

/**
 * Images [N, 3, 32, 32], standardised per colour by the training images' mean and deviation. Only the files that hold wanted
 * images are read. Throws a TrainingError: DATA_MISSING or DATA_CORRUPT naming the file, BAD_OPTION for a count.
 */
export async function loadCifar10(directory: string, options: Cifar10Options = {}): Promise<SplitDataSet> {
  const load = (part: 'train' | 'test', name: keyof Cifar10Options): Promise<DataSet> => {
    const available = cifar10Files.filter((file) => file.part === part).length * imagesPerFile;
    const wanted = options[name] ?? available;
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > available) {
      throw new TrainingError('BAD_OPTION', `${name}: expected an integer from 1 to ${available}, got ${wanted}.`);
    }
    return loadPart(directory, part, wanted);
  };
  return { train: await load('train', 'trainExamples'), test: await load('test', 'testExamples') };
}

async function loadPart(directory: string, part: 'train' | 'test', wanted: number): Promise<DataSet> {
  const inputs = new Float32Array(wanted * channels * plane);
  const labels = new Int32Array(wanted);
  let first = 0;
  for (const file of cifar10Files.filter((candidate) => candidate.part === part)) {
    if (first >= wanted) break;
    const count = Math.min(imagesPerFile, wanted - first);
    decode(await readCifar10File(directory, file), count, first, inputs, labels);
    first += count;
  }
  return { name: `cifar10-${part}`, inputs, labels, inputShape: [channels, 32, 32], classes: 10 };
}

const byPixel = mean.map((colourMean, channel) =>
  Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - colourMean) / (deviation[channel] ?? 1)),
);

function decode(records: Uint8Array, count: number, first: number, inputs: Float32Array, labels: Int32Array): void {
  for (let row = 0; row < count; row++) {
    let from = row * recordBytes;
    labels[first + row] = records[from++] as number;
    let to = (first + row) * channels * plane;
    for (const values of byPixel) {
      for (let pixel = 0; pixel < plane; pixel++) inputs[to++] = values[records[from++] as number] as number;
    }
  }
}
