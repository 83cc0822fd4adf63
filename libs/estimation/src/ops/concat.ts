/** Values one after the other along an axis, which counts from the end. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { broadcastTo } from './broadcastTo.ts';
import { operand, type Op } from './Op.ts';
import { slice } from './slice.ts';
import { moveBatchAxis, batchAxisSize } from './batched.ts';

function axisOf(node: Node): number {
  return Number(node.attributes['axis']);
}

function joined(shapes: readonly Shape[], axis: number): Shape {
  const [first = []] = shapes;
  const others = (shape: Shape): Shape => shape.toSpliced(shape.length + axis, 1);
  if (axis >= 0 || axis < -first.length || !shapes.every((shape) => sameShape(others(shape), others(first)))) {
    const given = shapes.map(showShape).join(', ');
    throw new EstimationError('SHAPE', `concat: ${given} differ in more than axis ${axis} (axes count from the end).`);
  }
  const length = shapes.reduce((sum, shape) => sum + (shape.at(axis) ?? 0), 0);
  return first.with(axis, length);
}

export const concatOp: Op = {
  name: 'concat',
  shape: (shapes, attributes) => joined(shapes, Number(attributes['axis'])),
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => {
    const axis = axisOf(node);
    let start = 0;
    return node.operands.map(({ shape }) => {
      const length = shape.at(axis) ?? 1;
      start += length;
      return slice(graph, cotangent, axis, start - length, start);
    });
  },
  jvp: (graph, node, tangents) =>
    concat(
      graph,
      node.operands.map(({ shape }, i) => tangents[i] ?? broadcastTo(graph, graph.constant([0]), shape)),
      axisOf(node),
    ),
  vmap: (graph, node, operands) => {
    const k = operands.map(batchAxisSize).find((length) => length !== null) ?? 1;
    // Along the axis where the first batched operand has it, or in front where that is not before the joined axis.
    const found = operands.find(({ axis }) => axis !== null)?.axis ?? 0;
    const axis = found <= node.shape.length + axisOf(node) ? found : 0;
    const nodes = operands.map((batched) => {
      if (batched.axis !== null) return moveBatchAxis(graph, batched, axis);
      const { shape } = batched.node;
      const copies = broadcastTo(graph, batched.node, [k, ...shape]);
      return moveBatchAxis(graph, { node: copies, axis: 0 }, axis);
    });
    return { node: concat(graph, nodes, axisOf(node)), axis };
  },
  onnx: (emit, node, operands) => emit.node('Concat', operands, { axis: node.shape.length + axisOf(node) }),
  tfjs: (tf, node, operands) => tf.concat([...operands], node.shape.length + axisOf(node)),
  examples: [
    {
      operands: [
        [2, 3],
        [2, 1],
        [2, 2],
      ],
      attributes: { axis: -1 },
    },
    {
      operands: [
        [2, 1, 3],
        [2, 2, 3],
      ],
      attributes: { axis: -2 },
    },
  ],
};

/** Throws an EstimationError (SHAPE) unless the shapes differ in that axis only. */
export function concat(graph: GraphBuilder, values: readonly Node[], axis: number): Node {
  return values.length === 1 ? operand(values, 0) : graph.apply('concat', values, { axis });
}
