/** 1 where a relation holds between two values of one type, else 0, with broadcasting. Its derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';

export type Relation = 'less' | 'lessOrEqual' | 'equal';

const operators: Readonly<Record<Relation, string>> = { less: 'Less', lessOrEqual: 'LessOrEqual', equal: 'Equal' };

function relationOf({ attributes }: Node): Relation {
  return attributes['relation'] as Relation;
}

const relations = ['less', 'lessOrEqual', 'equal'] as const;

export const compareOp: Op = {
  name: 'compare',
  shape: ([a = [], b = []]) => broadcastShapes('compare', a, b),
  vjp: () => [null, null],
  jvp: () => null,
  onnx: (emit, node, operands) => emit.cast(emit.node(operators[relationOf(node)], operands)),
  tfjs: (tf, node, operands) => {
    const [a, b] = [operand(operands, 0), operand(operands, 1)];
    const relation = relationOf(node);
    switch (relation) {
      case 'less':
        return tf.cast(tf.less(a, b), 'float32');
      case 'lessOrEqual':
        return tf.cast(tf.lessEqual(a, b), 'float32');
      case 'equal':
        return tf.cast(tf.equal(a, b), 'float32');
      default:
        return relation satisfies never;
    }
  },
  examples: relations.flatMap((relation) => [
    { operands: [[3, 4], [4]], attributes: { relation } },
    {
      operands: [
        { shape: [2, 5], integersBelow: 3 },
        { shape: [5], integersBelow: 3 },
      ],
      attributes: { relation },
    },
  ]),
};

export function compare(graph: GraphBuilder, a: Node, relation: Relation, b: Node): Node {
  return graph.apply('compare', [a, b], { relation });
}
