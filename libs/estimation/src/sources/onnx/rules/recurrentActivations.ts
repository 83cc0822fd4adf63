/** The activations that recurrent operators name in their attributes. */
import { affine, scale } from '../../../ops/affine.ts';
import { elu } from '../../../ops/elu.ts';
import { leakyRelu } from '../../../ops/leakyRelu.ts';
import { relu } from '../../../ops/relu.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { softplus } from '../../../ops/softplus.ts';
import { tanh } from '../../../ops/tanh.ts';
import { hardSigmoid, softsign, thresholdedRelu } from '../../activations.ts';
import type { NodeTranslation } from '../NodeTranslation.ts';
import type { Activation } from './recurrentCells.ts';

interface Named {
  readonly of: (alpha: number, beta: number) => Activation;
  /** Defaults of α and β; as many as the function has. */
  readonly defaults: readonly number[];
}

const table: Readonly<Record<string, Named>> = {
  Relu: { defaults: [], of: () => relu },
  Tanh: { defaults: [], of: () => tanh },
  Sigmoid: { defaults: [], of: () => sigmoid },
  Softsign: { defaults: [], of: () => softsign },
  Softplus: { defaults: [], of: () => softplus },
  Affine: { defaults: [1, 0], of: (alpha, beta) => (graph, x) => affine(graph, x, { factor: alpha, offset: beta }) },
  LeakyRelu: { defaults: [0.01], of: (alpha) => (graph, x) => leakyRelu(graph, x, alpha) },
  ThresholdedRelu: { defaults: [1], of: (alpha) => (graph, x) => thresholdedRelu(graph, x, alpha) },
  ScaledTanh: {
    defaults: [1, 1],
    of: (alpha, beta) => (graph, x) => scale(graph, tanh(graph, scale(graph, x, beta)), alpha),
  },
  HardSigmoid: { defaults: [0.2, 0.5], of: (alpha, beta) => (graph, x) => hardSigmoid(graph, x, alpha, beta) },
  Elu: { defaults: [1], of: (alpha) => (graph, x) => elu(graph, x, alpha) },
};

/** Of one direction; parameters α and β are taken from their lists in order, by the functions that have them. */
export function activationsOf(node: NodeTranslation, defaults: readonly string[], direction: number): Activation[] {
  const names = node.texts('activations') ?? [...defaults, ...defaults];
  const [alphas, betas] = [
    [...(node.decimals('activation_alpha') ?? [])],
    [...(node.decimals('activation_beta') ?? [])],
  ];
  const all = names.map((name) => {
    const found = Object.entries(table).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
    if (!found) throw node.failure('UNSUPPORTED', `the activation "${name}" is not supported`);
    const [alpha = 1, beta = 0] = found.defaults;
    return found.of(
      found.defaults.length > 0 ? (alphas.shift() ?? alpha) : alpha,
      found.defaults.length > 1 ? (betas.shift() ?? beta) : beta,
    );
  });
  return all.slice(direction * defaults.length, (direction + 1) * defaults.length);
}
