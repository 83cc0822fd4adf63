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
import { cifarResnet, mlp } from '@ritz/training';

export interface BenchmarkNet {
  readonly name: string;
  readonly model: Model;
  readonly classes: number;
  readonly examples: number;
  readonly batchNorm: BatchNormMode;
  /** Multiplications with weights in one forward pass of one example. */
  readonly macs: number;
}

/**
 * Floating-point operations of one product: of each of the three products with weights in forward and backward pass (forward, input
 * gradient, filter gradient) the product rule makes two, of two operations per multiplication.
 */
export function productFlops({ macs }: BenchmarkNet, examples: number): number {
  return 3 * 2 * 2 * macs * examples;
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

/** Sizes of the design: MLP N = 1,000, images N = 128. */
export function benchmarkNets(): BenchmarkNet[] {
  const resnet = cifarResnet({ depth: 20 });
  return [
    {
      name: 'mlp',
      model: mlp({ layers: [784, 20, 10] }),
      classes: 10,
      examples: 1000,
      batchNorm: 'minibatch',
      macs: 15_880,
    },
    { name: 'conv', model: smallConvNet(), classes: 10, examples: 128, batchNorm: 'minibatch', macs: 1_642_496 },
    { name: 'resnet20-running', model: resnet, classes: 10, examples: 128, batchNorm: 'running', macs: 40_551_040 },
    { name: 'resnet20-batch', model: resnet, classes: 10, examples: 128, batchNorm: 'minibatch', macs: 40_551_040 },
  ];
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
