/** Data sets from NumPy arrays: inputs [N, ...] and class indices [N]. */
import { TrainingError } from '../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from './DataSet.ts';
import { readNpy } from './npy.ts';

export interface NpyFiles {
  readonly trainInputs: string;
  readonly trainLabels: string;
  readonly testInputs: string;
  readonly testLabels: string;
  /** Default: one more than the largest label. */
  readonly classes?: number | undefined;
  /** Bring the inputs to mean 0 and deviation 1 over the training examples. Default false: as they are. */
  readonly standardise?: boolean;
}

async function loadPart(name: string, inputFile: string, labelFile: string): Promise<Omit<DataSet, 'classes'>> {
  const [inputs, labels] = [await readNpy(inputFile), await readNpy(labelFile)];
  const [count = 0, ...inputShape] = inputs.shape;
  if (inputShape.length === 0 || inputs.data.length === 0) {
    const given = `[${inputs.shape.join(', ')}]`;
    throw corrupt(
      inputFile,
      `expected examples [N, …], at least one with at least one number, got the shape ${given}.`,
    );
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count || labels.type !== 'int') {
    const given = `${labels.type} [${labels.shape.join(', ')}]`;
    throw corrupt(labelFile, `expected integer labels [${count}], got ${given}.`);
  }
  const values = Float32Array.from(inputs.data);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const row = Math.floor(bad / (values.length / count));
    throw corrupt(inputFile, `row ${row} holds ${inputs.data[bad]}; expected finite float32 numbers.`);
  }
  requireLabels(labelFile, labels.data);
  return { name, inputs: values, labels: Int32Array.from(labels.data), inputShape };
}

function corrupt(file: string, what: string): TrainingError {
  return new TrainingError('DATA_CORRUPT', `${file}: ${what}`);
}

const largestLabel = 2 ** 31 - 1;

function requireLabels(file: string, labels: ArrayLike<number>, classes = largestLabel): void {
  const row = Array.prototype.findIndex.call(labels, (label: number) => label < 0 || label >= classes);
  if (row >= 0) throw corrupt(file, `row ${row} is ${labels[row]}; expected 0 to ${classes - 1}.`);
}

/** One more than the largest label; larger than the number of examples, the labels are not class indices. */
function countClasses(file: string, labels: Int32Array): number {
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  if (largest < 1 || largest >= labels.length) {
    const advice = 'expected indices of at least two classes, from 0. If there are so many classes, set data.classes';
    throw corrupt(file, `the labels of ${labels.length} examples go from 0 to ${largest}: ${advice}.`);
  }
  return largest + 1;
}

/** Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names the file and row. */
export async function loadNpyData(files: NpyFiles): Promise<SplitDataSet> {
  const train = await loadPart('npy-train', files.trainInputs, files.trainLabels);
  const test = await loadPart('npy-test', files.testInputs, files.testLabels);
  if (train.inputShape.join() !== test.inputShape.join()) {
    const shapes = `[${train.inputShape.join(', ')}] and [${test.inputShape.join(', ')}]`;
    throw corrupt(files.testInputs, `training and test examples have the shapes ${shapes}.`);
  }
  const classes = files.classes ?? countClasses(files.trainLabels, train.labels);
  requireLabels(files.trainLabels, train.labels, classes);
  requireLabels(files.testLabels, test.labels, classes);
  if (files.standardise) standardise(train, test);
  return { train: { ...train, classes }, test: { ...test, classes } };
}

type Inputs = Pick<DataSet, 'inputs' | 'inputShape'>;

/** In place: each channel of images [C, …], or each number of vectors, to mean 0 and deviation 1 over the training examples. */
function standardise(train: Inputs, test: Inputs): void {
  const [channels = 1, ...places] = train.inputShape;
  const plane = places.reduce((product, length) => product * length, 1);
  const each = (inputs: Float32Array, channel: number, visit: (at: number) => void): void => {
    for (let start = channel * plane; start < inputs.length; start += channels * plane) {
      for (let at = start; at < start + plane; at++) visit(at);
    }
  };
  for (let channel = 0; channel < channels; channel++) {
    const { inputs } = train;
    const count = inputs.length / channels;
    let [sum, squares] = [0, 0];
    each(inputs, channel, (at) => (sum += inputs[at] as number));
    const mean = sum / count;
    each(inputs, channel, (at) => (squares += ((inputs[at] as number) - mean) ** 2));
    // A constant channel becomes 0.
    const scale = squares > 0 ? 1 / Math.sqrt(squares / count) : 1;
    for (const part of [train.inputs, test.inputs]) {
      each(part, channel, (at) => (part[at] = ((part[at] as number) - mean) * scale));
    }
  }
}
