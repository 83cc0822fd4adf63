/** How functions of graph nodes become rules. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import type { Rule } from '../NodeTranslation.ts';

/** A function of one input; of integers it gives integers. */
export function unary(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => node.typedAs(f(node.graph, node.float(0)), 0);
}

/** A function of two inputs; of integers it gives integers. */
export function binary(f: (graph: GraphBuilder, a: Node, b: Node) => Node): Rule {
  return (node) => node.typedAs(f(node.graph, node.float(0), node.float(1)), 0, 1);
}

/** The same function on more or fewer inputs, from the left. */
export function overAll(f: (graph: GraphBuilder, a: Node, b: Node) => Node): Rule {
  return (node) => {
    const positions = Array.from({ length: node.inputCount }, (_, position) => position);
    const result = positions.map((position) => node.float(position)).reduce((a, b) => f(node.graph, a, b));
    return node.typedAs(result, ...positions);
  };
}
