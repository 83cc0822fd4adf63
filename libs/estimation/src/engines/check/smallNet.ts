/** The nets that engines are checked with: a small one whose Hessian-vector product is known, and the same in any size. */
import type { Node } from '../../graph/Node.ts';
import type { Model } from '../../model/Model.ts';
import type { CurvatureOptions } from '../../operator/createCurvature.ts';
import { add } from '../../ops/add.ts';
import { matmul } from '../../ops/matmul.ts';
import { tanh } from '../../ops/tanh.ts';

/** Units: inputs, hidden, classes. */
type Layers = readonly [number, number, number];

export interface Net extends Omit<CurvatureOptions, 'engine'> {
  /** One direction, [n]. */
  readonly vector: Float64Array;
}

/** H·v of `smallNet()` by PyTorch's double backward in float64; tools/fixtures/hvp/known_product.py prints it. */
export const knownProduct: readonly number[] = [
  0.009292179435621963, 0.01128559649504967, 0.004227358277988206, -0.0021805504792397207, -0.007881250213786689,
  -0.002035972200818141, -0.010586682842541778, -0.025311694653368806, -0.016811016273130287, 0.0007411070544912765,
  0.020167022894028285, 0.01346914319877119, -0.0863658310494199, 0.08970240662968401, 0.09334202769990811,
  -0.07217284802657263, 0.07217284802657263, 0.03239839610577636, -0.03239839610577635, 0.025959175056615977,
  -0.025959175056615977, 0.1875743410982159, -0.1875743410982159,
];

function tanhNet([inputs, hidden, classes]: Layers): Model {
  return {
    name: `${inputs}-${hidden}-${classes} tanh`,
    parameters: [
      { name: 'dense0.weight', shape: [inputs, hidden] },
      { name: 'dense0.bias', shape: [hidden] },
      { name: 'dense1.weight', shape: [hidden, classes] },
      { name: 'dense1.bias', shape: [classes] },
    ],
    buffers: [],
    inputShape: [inputs],
    inputType: 'float',
    forward: (graph, batch, state) => {
      const dense = (value: Node, layer: number): Node =>
        add(
          graph,
          matmul(graph, value, state.parameter(`dense${layer}.weight`)),
          state.parameter(`dense${layer}.bias`),
        );
      return dense(tanh(graph, dense(batch, 0)), 1);
    },
  };
}

/** (37 i mod 101) / 101 − ½ for i = first + 1, first + 2, …: the same bits on every machine. */
function numbers(first: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => ((37 * (first + i + 1)) % 101) / 101 - 0.5);
}

function net(layers: Layers, labels: Int32Array): Net {
  const [inputs, hidden, classes] = layers;
  const size = labels.length * inputs;
  const n = (inputs + 1) * hidden + (hidden + 1) * classes;
  return {
    model: tanhNet(layers),
    inputs: numbers(0, size),
    targets: labels,
    loss: { kind: 'softmaxCrossEntropy' },
    parameters: numbers(size, n),
    vector: numbers(size + n, n),
  };
}

/** 4-3-2 on five examples: `knownProduct` is its H·v. */
export function smallNet(): Net {
  return net([4, 3, 2], Int32Array.of(0, 1, 1, 0, 1));
}

/** 784-20-10, the paper's validation net, on 256 examples: what engines are timed on. */
export function timedNet(): Net {
  return net(
    [784, 20, 10],
    Int32Array.from({ length: 256 }, (_, i) => i % 10),
  );
}
