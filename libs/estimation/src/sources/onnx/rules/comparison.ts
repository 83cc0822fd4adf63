/** Comparisons and logic. Booleans are floats of 0 and 1, whose derivatives are zero. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { compare, type Relation } from '../../../ops/compare.ts';
import { multiply } from '../../../ops/multiply.ts';
import { select } from '../../../ops/select.ts';
import { isInfinite, isNan, not } from '../../mathematics.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';

/** Both inputs in one type: integers are compared as integers. */
function compared(relation: Relation, order: 'given' | 'swapped' = 'given'): Rule {
  return (node) => {
    const integers = node.value(0).type === 'int' && node.value(1).type === 'int';
    const [a, b] = integers ? [node.node(0), node.node(1)] : [node.float(0), node.float(1)];
    switch (order) {
      case 'given':
        return compare(node.graph, a, relation, b);
      case 'swapped':
        return compare(node.graph, b, relation, a);
      default:
        return order satisfies never;
    }
  };
}

function logical(f: (graph: GraphBuilder, a: Node, b: Node) => Node): Rule {
  return (node) => f(node.graph, node.float(0), node.float(1));
}

function or(graph: GraphBuilder, a: Node, b: Node): Node {
  return not(graph, multiply(graph, not(graph, a), not(graph, b)));
}

function where(node: NodeTranslation): Node {
  return node.typedAs(select(node.graph, node.float(0), node.float(1), node.float(2)), 1, 2);
}

export const comparisonRules: Rules = {
  Equal: compared('equal'),
  Less: compared('less'),
  LessOrEqual: compared('lessOrEqual'),
  Greater: compared('less', 'swapped'),
  GreaterOrEqual: compared('lessOrEqual', 'swapped'),
  And: logical(multiply),
  Or: logical(or),
  Xor: logical((graph, a, b) => not(graph, compare(graph, a, 'equal', b))),
  Not: (node) => not(node.graph, node.float(0)),
  IsNaN: (node) => isNan(node.graph, node.float(0)),
  IsInf: (node) =>
    isInfinite(node.graph, node.float(0), {
      negative: node.number('detect_negative', 1) === 1,
      positive: node.number('detect_positive', 1) === 1,
    }),
  Where: where,
};
