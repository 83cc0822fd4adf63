/** The nets whose Hessian-vector products are timed. */
import {
  add,
  conv2d,
  flatten,
  matmul,
  maxPool2d,
  parameterCount,
  relu,
  sizeOf,
  type BatchNormMode,
  type Model,
  type NamedShape,
} from '@ritz/estimation';
import { cifarResnet, imagenetResnet, mlp, transformerEncoder } from '@ritz/training';

export interface BenchmarkNet {
  readonly name: string;
  readonly model: Model;
  readonly classes: number;
  readonly examples: number;
  readonly batchNorm: BatchNormMode;
  /** Multiplications with weights in the forward pass of one example: all of them, and those of the first layer. */
  readonly macs: number;
  readonly firstMacs: number;
}

/**
 * Floating-point operations of one product: of each of the three products with weights in forward and backward pass (forward, input
 * gradient, filter gradient) the product rule makes two, of two operations per multiplication. The inputs of the first layer have neither
 * a tangent nor a gradient: of its six, two remain.
 */
export function productFlops({ macs, firstMacs }: BenchmarkNet, examples: number): number {
  return 2 * (6 * macs - 4 * firstMacs) * examples;
}

/** Two 3 × 3 convolutions of 16 and 32 channels, each with relu and a 2 × 2 maximum, and a dense layer. */
function smallConvNet(): Model {
  const channels = [3, 16, 32] as const;
  const features = channels[2] * 8 * 8;
  return {
    name: 'conv-16-32',
    parameters: [
      { name: 'conv0.weight', shape: [channels[1], channels[0], 3, 3] },
      { name: 'conv0.bias', shape: [channels[1]] },
      { name: 'conv1.weight', shape: [channels[2], channels[1], 3, 3] },
      { name: 'conv1.bias', shape: [channels[2]] },
      { name: 'dense.weight', shape: [features, 10] },
      { name: 'dense.bias', shape: [10] },
    ],
    buffers: [],
    inputShape: [3, 32, 32],
    inputType: 'float',
    forward: (graph, inputs, state) => {
      let x = inputs;
      for (const layer of ['conv0', 'conv1']) {
        const bias = state.parameter(`${layer}.bias`);
        x = maxPool2d(
          graph,
          relu(graph, conv2d(graph, x, state.parameter(`${layer}.weight`), { padding: 1, bias })),
          2,
        );
      }
      const product = matmul(graph, flatten(graph, x), state.parameter('dense.weight'));
      return add(graph, product, state.parameter('dense.bias'));
    },
  };
}

/** Small nets with N = 1,000 (MLP) and 128 (images), and nets of 1.8 to 11.2 million parameters. */
export function benchmarkNets(): BenchmarkNet[] {
  const resnet20 = { model: cifarResnet({ depth: 20 }), examples: 128, macs: 40_551_040, firstMacs: 442_368 };
  const encoder = { depth: 4, dimension: 256, heads: 4, patch: 4 };
  const nets: readonly (Omit<BenchmarkNet, 'classes' | 'batchNorm'> & Partial<BenchmarkNet>)[] = [
    { name: 'mlp', model: mlp({ layers: [784, 20, 10] }), examples: 1000, macs: 15_880, firstMacs: 15_680 },
    { name: 'conv', model: smallConvNet(), examples: 128, macs: 1_642_496, firstMacs: 442_368 },
    { ...resnet20, name: 'resnet20-running', batchNorm: 'running' },
    { ...resnet20, name: 'resnet20-batch', batchNorm: 'minibatch' },
    {
      name: 'mlp-wide',
      model: mlp({ layers: [784, 1000, 1000, 10] }),
      examples: 128,
      macs: 1_794_000,
      firstMacs: 784_000,
    },
    {
      name: 'resnet18-running',
      model: imagenetResnet({ depth: 18, inputShape: [3, 64, 64], classes: 10 }),
      examples: 32,
      batchNorm: 'running',
      macs: 148_050_944,
      firstMacs: 9_633_792,
    },
    {
      name: 'transformer',
      model: transformerEncoder({ ...encoder, inputShape: [3, 32, 32], classes: 10 }),
      examples: 32,
      macs: 210_503_168,
      firstMacs: 786_432,
    },
  ];
  return nets.map((net) => ({ classes: 10, batchNorm: 'minibatch', ...net }));
}

/** Weights uniform on ±√(3 / fan-in) (dense) or ±√(6 / fan-in), scales 1 ± 0.1, all else ±0.1. */
export function drawParameters(model: Model, next: () => number): Float32Array {
  const vector = new Float32Array(parameterCount(model));
  let offset = 0;
  for (const tensor of model.parameters) {
    const [centre, width] = law(tensor);
    const end = offset + sizeOf(tensor.shape);
    for (; offset < end; offset++) vector[offset] = centre + width * (2 * next() - 1);
  }
  return vector;
}

function law({ name, shape }: NamedShape): [centre: number, width: number] {
  if (shape.length === 4) return [0, Math.sqrt(6 / sizeOf(shape.slice(1)))];
  if (shape.length === 2) return [0, Math.sqrt(3 / (shape[0] ?? 1))];
  return name.endsWith('scale') ? [1, 0.1] : [0, 0.1];
}
