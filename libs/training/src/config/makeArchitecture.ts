/** Builds the network that a config describes for data of a given shape. */
import type { Architecture } from '../architecture/Architecture.ts';
import { causalTransformer } from '../architecture/causalTransformer.ts';
import { mlp } from '../architecture/mlp.ts';
import { cifarResnet, imagenetResnet } from '../architecture/resnet.ts';
import { transformerEncoder } from '../architecture/transformer.ts';
import { vgg11 } from '../architecture/vgg.ts';
import type { TrainingBatchNormMode } from '@ritz/records';
import { exampleCount, type DataSet } from '../data/DataSet.ts';
import { TrainingError } from '../error/TrainingError.ts';
import type { Config } from './configSchema.ts';

/** Throws a TrainingError (BAD_OPTION) if the data do not fit the network. */
export function makeArchitecture(architecture: Config['architecture'], data: DataSet): Architecture {
  switch (architecture.kind) {
    case 'mlp': {
      const inputs = data.inputShape.reduce((product, length) => product * length, 1);
      return mlp({ layers: [inputs, ...architecture.hidden, data.classes], activation: architecture.activation });
    }
    case 'transformer':
      return transformerEncoder({ ...architecture, ...imagesOf(architecture, data) });
    case 'causal-transformer':
      return causalTransformer({ ...architecture, context: contextOf(data), vocabulary: data.classes });
    case 'vgg-11':
      return vgg11(imageNetOptions(architecture, data));
    case 'resnet':
      return cifarResnet({ ...architecture, ...imageNetOptions(architecture, data) });
    case 'resnet-imagenet':
      return imagenetResnet({ ...architecture, ...imageNetOptions(architecture, data) });
    default:
      throw new Error(`Unknown architecture: ${String(architecture satisfies never)}`);
  }
}

/** Characters of an example of a text. */
function contextOf(data: DataSet): number {
  const { name, inputShape, labels } = data;
  const [context = 0] = inputShape;
  if (inputShape.length === 1 && labels.length === exampleCount(data) * context) return context;
  const given = `[${inputShape.join(', ')}] with ${labels.length / exampleCount(data)} labels an example`;
  throw new TrainingError(
    'BAD_OPTION',
    `causal-transformer takes a text, a label for each character; ${name} has ${given}. Set data.kind to text.`,
  );
}

interface ImageNetwork {
  readonly kind: string;
  readonly classes?: number | undefined;
}

function imagesOf({ kind, classes }: ImageNetwork, data: DataSet) {
  return { inputShape: imageShape(kind, data), classes: classes ?? data.classes };
}

function imageNetOptions(
  architecture: ImageNetwork & { readonly width: number; readonly batchNorm: TrainingBatchNormMode },
  data: DataSet,
) {
  const { width, batchNorm } = architecture;
  return { ...imagesOf(architecture, data), width, batchNorm: batchNorm !== 'none' };
}

function imageShape(kind: string, { name, inputShape }: DataSet): [number, number, number] {
  const [channels, rows, columns] = inputShape;
  const given = `[${inputShape.join(', ')}]`;
  const mismatch = `${kind} takes images [channels, rows, columns], but ${name} has ${given}`;
  if (inputShape.length !== 3 || !channels || !rows || !columns) throw new TrainingError('BAD_OPTION', `${mismatch}.`);
  // Square images in channels-last order would be read as many channels of narrow images.
  if (channels === rows && columns < rows && [1, 3, 4].includes(columns)) {
    const advice =
      'its colours come last. Save it with numpy.save(file, numpy.ascontiguousarray(numpy.moveaxis(array, -1, 1)))';
    throw new TrainingError('BAD_OPTION', `${mismatch}: ${advice}.`);
  }
  return [channels, rows, columns];
}
