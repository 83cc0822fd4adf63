/** The weights of the layers, by name. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Layer } from './LayersModel.ts';

interface WeightNames {
  readonly learned: readonly string[];
  /** State that training keeps but does not differentiate. */
  readonly buffers?: readonly string[];
}

type Config = Readonly<Record<string, unknown>>;

function withBias(...kernels: string[]) {
  return (config: Config): WeightNames => ({ learned: config['useBias'] === false ? kernels : [...kernels, 'bias'] });
}

/** In the order in which `getWeights` returns them. */
const weightsOf: Readonly<Record<string, (config: Config) => WeightNames>> = {
  Dense: withBias('kernel'),
  Conv1D: withBias('kernel'),
  Conv2D: withBias('kernel'),
  DepthwiseConv2D: withBias('depthwise_kernel'),
  SeparableConv2D: withBias('depthwise_kernel', 'pointwise_kernel'),
  Embedding: () => ({ learned: ['embeddings'] }),
  PReLU: () => ({ learned: ['alpha'] }),
  LayerNormalization: (config) => ({ learned: scaleAndShift(config) }),
  BatchNormalization: (config) => ({ learned: scaleAndShift(config), buffers: ['moving_mean', 'moving_variance'] }),
};

function scaleAndShift({ scale, center }: Config): string[] {
  return [...(scale === false ? [] : ['gamma']), ...(center === false ? [] : ['beta'])];
}

/** `dense_1/kernel` */
export function weightName({ name }: Layer, weight: string): string {
  return `${name}/${weight}`;
}

export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly learned: boolean;
}

/** Reads the weights of a layer. Throws an EstimationError (UNSUPPORTED) when it has others than its class should. */
export async function readWeights(layer: Layer): Promise<NamedWeight[]> {
  const tensors = layer.getWeights();
  const { learned, buffers = [] } = weightsOf[layer.getClassName()]?.(layer.getConfig()) ?? { learned: [] };
  const names = [...learned, ...buffers];
  if (tensors.length !== names.length) {
    const expected = names.length === 0 ? 'none' : names.join(', ');
    throw new EstimationError(
      'UNSUPPORTED',
      `${layer.getClassName()} "${layer.name}" has ${tensors.length} weights; expected ${expected}.`,
    );
  }
  return Promise.all(
    tensors.map(async (tensor, position) => ({
      name: weightName(layer, names[position] ?? ''),
      shape: tensor.shape,
      values: await tensor.data(),
      learned: layer.trainable && position < learned.length,
    })),
  );
}
