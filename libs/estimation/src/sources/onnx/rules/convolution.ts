/** Convolutions. */
import { conv2d } from '../../../ops/conv2d.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { asBefore, asImage, windowOf } from './window.ts';

export const convolutionRules: Rules = {
  Conv: (node: NodeTranslation) => {
    const x = node.node(0);
    const options = {
      ...windowOf(node),
      groups: node.number('group', 1),
      ...(node.has(2) && { bias: node.node(2) }),
    };
    return asBefore(node, conv2d(node.graph, asImage(node, x), asImage(node, node.node(1)), options), x);
  },
};
