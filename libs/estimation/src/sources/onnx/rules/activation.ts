/** Nonlinear functions of each element. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { elu } from '../../../ops/elu.ts';
import { erf } from '../../../ops/erf.ts';
import { gelu } from '../../../ops/gelu.ts';
import { leakyRelu } from '../../../ops/leakyRelu.ts';
import { multiply } from '../../../ops/multiply.ts';
import { relu } from '../../../ops/relu.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { softplus } from '../../../ops/softplus.ts';
import { tanh } from '../../../ops/tanh.ts';
import { hardSigmoid, mish, selu, seluAlpha, seluGamma, softsign } from '../../activations.ts';
import type { Rule, Rules } from '../NodeTranslation.ts';

function unary(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => f(node.graph, node.node(0));
}

export const activationRules: Rules = {
  Relu: unary(relu),
  LeakyRelu: (node) => leakyRelu(node.graph, node.node(0), node.number('alpha', 0.01)),
  Elu: (node) => elu(node.graph, node.node(0), node.number('alpha', 1)),
  Selu: (node) => selu(node.graph, node.node(0), node.number('alpha', seluAlpha), node.number('gamma', seluGamma)),
  Gelu: (node) => gelu(node.graph, node.node(0), node.text('approximate', 'none') === 'tanh' ? 'tanh' : 'none'),
  Erf: unary(erf),
  Sigmoid: unary(sigmoid),
  Tanh: unary(tanh),
  Softplus: unary(softplus),
  Softsign: unary(softsign),
  Mish: unary(mish),
  HardSigmoid: (node) => hardSigmoid(node.graph, node.node(0), node.number('alpha', 0.2), node.number('beta', 0.5)),
  HardSwish: unary((graph, x) => multiply(graph, x, hardSigmoid(graph, x, 1 / 6, 0.5))),
};
