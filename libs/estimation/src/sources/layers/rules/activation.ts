/** Activations, as layers and as the last part of other layers. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { elu } from '../../../ops/elu.ts';
import { gelu } from '../../../ops/gelu.ts';
import { leakyRelu } from '../../../ops/leakyRelu.ts';
import { logSoftmax } from '../../../ops/logSoftmax.ts';
import { multiply } from '../../../ops/multiply.ts';
import { relu } from '../../../ops/relu.ts';
import { scale } from '../../../ops/affine.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { silu } from '../../../ops/silu.ts';
import { softmax } from '../../../ops/softmax.ts';
import { softplus } from '../../../ops/softplus.ts';
import { subtract } from '../../../ops/subtract.ts';
import { tanh } from '../../../ops/tanh.ts';
import { clip, hardSigmoid, mish, selu, softsign } from '../../activations.ts';
import { asDeclared, channelsLast, type Flow } from '../Flow.ts';
import type { LayerRules, LayerTranslation } from '../LayerTranslation.ts';

type Function = (graph: GraphBuilder, x: Node) => Node;

const elementwise: Readonly<Record<string, Function>> = {
  linear: (_graph, x) => x,
  relu,
  relu6: (graph, x) => clip(graph, x, 0, 6),
  elu: (graph, x) => elu(graph, x),
  selu: (graph, x) => selu(graph, x),
  sigmoid,
  hardSigmoid: (graph, x) => hardSigmoid(graph, x),
  softplus,
  softsign,
  tanh,
  swish: silu,
  mish,
  gelu: (graph, x) => gelu(graph, x),
  gelu_new: (graph, x) => gelu(graph, x, 'tanh'),
};

const alongChannels: Readonly<Record<string, Function>> = { softmax, logSoftmax };

/** Applies an activation by its name in Keras. */
function activate(layer: LayerTranslation, x: Flow, name: string): Flow {
  if (layer.withoutActivation) return x;
  const along = alongChannels[name];
  if (along) return asDeclared(along(layer.graph, channelsLast(layer.graph, x)));
  const each = elementwise[name];
  if (!each) throw layer.failure(`the activation "${name}" is not known here`);
  return { ...x, node: each(layer.graph, x.node) };
}

/** The activation that a layer's settings name. */
export function withActivation(layer: LayerTranslation, x: Flow): Flow {
  return activate(layer, x, layer.text('activation', 'linear'));
}

function mapped(f: (layer: LayerTranslation, x: Node) => Node): (layer: LayerTranslation) => Flow {
  return (layer) => ({ ...layer.input, node: f(layer, layer.input.node) });
}

/** One slope for every position, as Keras stores it (channels last). */
function parametricRelu(layer: LayerTranslation): Flow {
  const { graph } = layer;
  const x = channelsLast(graph, layer.input);
  const negative = relu(graph, scale(graph, x, -1));
  return asDeclared(subtract(graph, relu(graph, x), multiply(graph, layer.weight('alpha'), negative)));
}

export const activationRules: LayerRules = {
  Activation: (layer) => withActivation(layer, layer.input),
  ReLU: mapped((layer, x) => {
    const highest = layer.setting('maxValue');
    return typeof highest === 'number' ? clip(layer.graph, x, 0, highest) : relu(layer.graph, x);
  }),
  LeakyReLU: mapped((layer, x) => leakyRelu(layer.graph, x, layer.number('alpha', 0.3))),
  ELU: mapped((layer, x) => elu(layer.graph, x, layer.number('alpha', 1))),
  PReLU: parametricRelu,
  Softmax: (layer) => {
    const axis = layer.number('axis', -1);
    const x = channelsLast(layer.graph, layer.input);
    if (axis !== -1 && axis !== x.shape.length - 1) throw layer.failure(`axis ${axis} is not the last one`);
    return layer.withoutActivation ? asDeclared(x) : asDeclared(softmax(layer.graph, x));
  },
};
