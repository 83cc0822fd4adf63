/** The net that a config describes, for data of a shape. */
import type { Architecture } from '../architecture/Architecture.ts';
import { mlp } from '../architecture/mlp.ts';
import { cifarResnet, imagenetResnet } from '../architecture/resnet.ts';
import { transformerEncoder } from '../architecture/transformer.ts';
import { vgg11 } from '../architecture/vgg.ts';
import type { DataSet } from '../data/DataSet.ts';
import { TrainingError } from '../error/TrainingError.ts';
import type { Config } from './configSchema.ts';

/** Throws a TrainingError (BAD_OPTION) when the net cannot take such data. */
export function makeArchitecture(architecture: Config['architecture'], data: DataSet): Architecture {
  if (architecture.kind === 'mlp') {
    const inputs = data.inputShape.reduce((product, length) => product * length, 1);
    const { hidden, activation } = architecture;
    return mlp({ layers: [inputs, ...hidden, data.classes], activation });
  }
  const inputShape = imageShape(architecture.kind, data);
  const classes = architecture.classes ?? data.classes;
  if (architecture.kind === 'transformer') return transformerEncoder({ ...architecture, inputShape, classes });
  const options = { width: architecture.width, batchNorm: architecture.batchNorm !== 'none', classes, inputShape };
  if (architecture.kind === 'vgg-11') return vgg11(options);
  const { depth, residual } = architecture;
  return (architecture.kind === 'resnet' ? cifarResnet : imagenetResnet)({ ...options, depth, residual });
}

function imageShape(kind: string, { name, inputShape }: DataSet): [number, number, number] {
  const [channels, rows, columns] = inputShape;
  const given = `[${inputShape.join(', ')}]`;
  const mismatch = `${kind} takes images [channels, rows, columns], but ${name} has ${given}`;
  if (inputShape.length !== 3 || !channels || !rows || !columns) throw new TrainingError('BAD_OPTION', `${mismatch}.`);
  // Square images whose colours come last would be taken for so many channels of narrow images.
  if (channels === rows && columns < rows && [1, 3, 4].includes(columns)) {
    const advice =
      'its colours come last. Save it with numpy.save(file, numpy.ascontiguousarray(numpy.moveaxis(array, -1, 1)))';
    throw new TrainingError('BAD_OPTION', `${mismatch}: ${advice}.`);
  }
  return [channels, rows, columns];
}
