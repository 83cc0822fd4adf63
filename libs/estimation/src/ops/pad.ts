/** Puts a fixed value before and after along the last axes; cuts where a width is negative. Its reverse is itself, negated. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Attributes, Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { paddedShape, padOnnx, padTfjs, type Widths } from './padding.ts';

function widthsOf(attributes: Attributes): Required<Widths> {
  return {
    before: attributes['before'] as readonly number[],
    after: attributes['after'] as readonly number[],
    value: Number(attributes['value'] ?? 0),
  };
}

export const padOp: Op = {
  name: 'pad',
  shape: ([x = []], attributes) => {
    const widths = widthsOf(attributes);
    const shape = paddedShape(x, widths);
    const { before, after } = widths;
    if (before.length !== after.length || before.length > x.length || shape.some((length) => length < 1)) {
      const given = `before [${before.join(', ')}], after [${after.join(', ')}]`;
      throw new EstimationError('SHAPE', `pad: ${given} do not fit the last axes of ${showShape(x)}.`);
    }
    return shape;
  },
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => {
    const { before, after } = widthsOf(node.attributes);
    const negated = (widths: readonly number[]): number[] => widths.map((width) => 0 - width);
    return [pad(graph, cotangent, { before: negated(before), after: negated(after) })];
  },
  jvp: (graph, node, [tangent = null]) => tangent && pad(graph, tangent, { ...widthsOf(node.attributes), value: 0 }),
  vmap: (graph, node, operands) => {
    const { node: x, axis } = operand(operands, 0);
    if (axis === null) return { node, axis };
    const { before, after, value } = widthsOf(node.attributes);
    const place = axis - (node.shape.length - before.length); // of the k values among the padded axes
    const widen = (widths: readonly number[]): readonly number[] =>
      place > 0 ? widths.toSpliced(place, 0, 0) : widths;
    return { node: pad(graph, x, { before: widen(before), after: widen(after), value }), axis };
  },
  onnx: (emit, node, operands) => {
    const x = { name: operand(operands, 0), shape: operand(node.operands, 0).shape };
    return padOnnx(emit, x, widthsOf(node.attributes), node.type).name;
  },
  tfjs: (tf, node, operands) => padTfjs(tf, operand(operands, 0), widthsOf(node.attributes)),
  examples: [
    { operands: [[2, 3, 4]], attributes: { before: [1, 0], after: [2, 3], value: 0 } },
    { operands: [[3, 5]], attributes: { before: [1, -2], after: [-1, 1], value: 0.5 } },
    { operands: [[3, 4, 2]], attributes: { before: [-1, 0, 0], after: [0, -2, 0], value: 0 } },
  ],
};

/** `before` and `after` belong to the last axes; throws an EstimationError (SHAPE) when nothing would be left. */
export function pad(graph: GraphBuilder, x: Node, { before, after, value = 0 }: Widths): Node {
  if ([...before, ...after].every((width) => width === 0)) return x;
  return graph.apply('pad', [x], { before: [...before], after: [...after], value });
}
