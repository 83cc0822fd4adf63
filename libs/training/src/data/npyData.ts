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
}

async function loadPart(name: string, inputFile: string, labelFile: string): Promise<Omit<DataSet, 'classes'>> {
  const [inputs, labels] = [await readNpy(inputFile), await readNpy(labelFile)];
  const [count = 0, ...inputShape] = inputs.shape;
  if (labels.shape.length !== 1 || labels.shape[0] !== count || labels.type !== 'int') {
    const given = `${labels.type} [${labels.shape.join(', ')}]`;
    throw new TrainingError('DATA_CORRUPT', `${labelFile}: expected integer labels [${count}], got ${given}.`);
  }
  const bad = inputs.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const row = Math.floor(bad / (inputs.data.length / count));
    throw new TrainingError(
      'DATA_CORRUPT',
      `${inputFile}: row ${row} holds ${inputs.data[bad]}; finite numbers are expected.`,
    );
  }
  return { name, inputs: Float32Array.from(inputs.data), labels: Int32Array.from(labels.data), inputShape };
}

/** Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names the file and row. */
export async function loadNpyData(files: NpyFiles): Promise<SplitDataSet> {
  const train = await loadPart('npy-train', files.trainInputs, files.trainLabels);
  const test = await loadPart('npy-test', files.testInputs, files.testLabels);
  if (train.inputShape.join() !== test.inputShape.join()) {
    const shapes = `[${train.inputShape.join(', ')}] and [${test.inputShape.join(', ')}]`;
    throw new TrainingError(
      'DATA_CORRUPT',
      `${files.testInputs}: training and test examples have the shapes ${shapes}.`,
    );
  }
  const classes = files.classes ?? 1 + train.labels.reduce((largest, label) => Math.max(largest, label), 0);
  for (const [file, { labels }] of [
    [files.trainLabels, train],
    [files.testLabels, test],
  ] as const) {
    const row = labels.findIndex((label) => label < 0 || label >= classes);
    if (row >= 0) {
      throw new TrainingError('DATA_CORRUPT', `${file}: row ${row} is ${labels[row]}; expected 0 to ${classes - 1}.`);
    }
  }
  return { train: { ...train, classes }, test: { ...test, classes } };
}
