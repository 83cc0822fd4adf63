/** Nonlinear functions of each element that networks use between their layers. */
import { elu } from '../../../ops/elu.ts';
import { erf } from '../../../ops/erf.ts';
import { gelu } from '../../../ops/gelu.ts';
import { leakyRelu } from '../../../ops/leakyRelu.ts';
import { multiply } from '../../../ops/multiply.ts';
import { relu } from '../../../ops/relu.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { softplus } from '../../../ops/softplus.ts';
import { tanh } from '../../../ops/tanh.ts';
import {
  celu,
  hardSigmoid,
  mish,
  parametricRelu,
  selu,
  seluAlpha,
  seluGamma,
  shrink,
  softsign,
  swish,
  thresholdedRelu,
} from '../../activations.ts';
import type { Rules } from '../NodeTranslation.ts';
import { binary, unary } from './apply.ts';

export const activationRules: Rules = {
  Relu: unary(relu),
  LeakyRelu: (node) => leakyRelu(node.graph, node.node(0), node.number('alpha', 0.01)),
  PRelu: binary(parametricRelu),
  ThresholdedRelu: (node) => thresholdedRelu(node.graph, node.node(0), node.number('alpha', 1)),
  Elu: (node) => elu(node.graph, node.node(0), node.number('alpha', 1)),
  Celu: (node) => celu(node.graph, node.node(0), node.number('alpha', 1)),
  Selu: (node) => selu(node.graph, node.node(0), node.number('alpha', seluAlpha), node.number('gamma', seluGamma)),
  Gelu: (node) => gelu(node.graph, node.node(0), node.text('approximate', 'none') === 'tanh' ? 'tanh' : 'none'),
  Erf: unary(erf),
  Sigmoid: unary(sigmoid),
  Tanh: unary(tanh),
  Softplus: unary(softplus),
  Softsign: unary(softsign),
  Mish: unary(mish),
  Shrink: (node) => shrink(node.graph, node.float(0), node.number('lambd', 0.5), node.number('bias', 0)),
  Swish: (node) => swish(node.graph, node.node(0), node.number('alpha', 1)),
  SwiGLU: (node) => multiply(node.graph, swish(node.graph, node.node(0), node.number('alpha', 1)), node.node(1)),
  HardSigmoid: (node) => hardSigmoid(node.graph, node.node(0), node.number('alpha', 0.2), node.number('beta', 0.5)),
  HardSwish: unary((graph, x) => multiply(graph, x, hardSigmoid(graph, x, 1 / 6, 0.5))),
};
