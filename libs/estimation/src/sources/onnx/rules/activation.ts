/** Nonlinear functions of each element. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { affine, scale } from '../../../ops/affine.ts';
import { elu } from '../../../ops/elu.ts';
import { erf } from '../../../ops/erf.ts';
import { gelu } from '../../../ops/gelu.ts';
import { leakyRelu } from '../../../ops/leakyRelu.ts';
import { multiply } from '../../../ops/multiply.ts';
import { relu } from '../../../ops/relu.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { softplus } from '../../../ops/softplus.ts';
import { tanh } from '../../../ops/tanh.ts';
import type { Rule, Rules } from '../NodeTranslation.ts';
import { clip } from './elementwise.ts';

function unary(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => f(node.graph, node.node(0));
}

/** Klambauer et al., Self-Normalizing Neural Networks, 2017: their fixed point of mean 0 and variance 1. */
const seluAlpha = 1.6732632423543772;
const seluGamma = 1.0507009873554805;

/** αx + β held within [0, 1]. */
function hardSigmoid(graph: GraphBuilder, x: Node, alpha: number, beta: number): Node {
  return clip(graph, affine(graph, x, { factor: alpha, offset: beta }), 0, 1);
}

export const activationRules: Rules = {
  Relu: unary(relu),
  LeakyRelu: (node) => leakyRelu(node.graph, node.node(0), node.number('alpha', 0.01)),
  Elu: (node) => elu(node.graph, node.node(0), node.number('alpha', 1)),
  Selu: (node) => {
    const { graph } = node;
    return scale(graph, elu(graph, node.node(0), node.number('alpha', seluAlpha)), node.number('gamma', seluGamma));
  },
  Gelu: (node) => gelu(node.graph, node.node(0), node.text('approximate', 'none') === 'tanh' ? 'tanh' : 'none'),
  Erf: unary(erf),
  Sigmoid: unary(sigmoid),
  Tanh: unary(tanh),
  Softplus: unary(softplus),
  Mish: unary((graph, x) => multiply(graph, x, tanh(graph, softplus(graph, x)))),
  HardSigmoid: (node) => hardSigmoid(node.graph, node.node(0), node.number('alpha', 0.2), node.number('beta', 0.5)),
  HardSwish: unary((graph, x) => multiply(graph, x, hardSigmoid(graph, x, 1 / 6, 0.5))),
};
