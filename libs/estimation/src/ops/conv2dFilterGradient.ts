/**
 * The gradient of conv2d in its kernels: from the images [N, C, H, W] and the cotangent [N, O, H', W'] the kernels' cotangent
 * [O, C / groups, rows, columns]. It is im2col of one of the two and a matrix product with the other. Of the two, `columns` says
 * which: the one that is not k times as large.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { bilinearTangent } from './bilinear.ts';
import { convolutionExamples } from './convolution/examples.ts';
import { fromAttributes, pairOf, sizeOfImage, toAttributes, type Geometry, type Pair } from './convolution/geometry.ts';
import { filterGradientOnnx } from './convolution/onnxFilterGradient.ts';
import { asChannels, commonLength, kernelsFromInputs, kernelsFromOutputs } from './convolution/batchedImages.ts';
import { filterGradientTfjs } from './convolution/tfjsFilterGradient.ts';
import { operand, type Op } from './Op.ts';
import { moveBatchAxis } from './batched.ts';

export type Columns = 'images' | 'cotangent';

function settings(node: Node): { kernel: Pair; geometry: Geometry; columns: Columns } {
  const columns = node.attributes['columns'] === 'cotangent' ? 'cotangent' : 'images';
  return { kernel: pairOf(node.attributes, 'kernel'), geometry: fromAttributes(node.attributes), columns };
}

export const conv2dFilterGradientOp: Op = {
  name: 'conv2dFilterGradient',
  shape: ([x = [], cotangent = []], attributes) => [
    cotangent[1] ?? 1,
    (x[1] ?? 1) / fromAttributes(attributes).groups,
    ...pairOf(attributes, 'kernel'),
  ],
  vjp: (graph, node, kernels) => {
    const x = operand(node.operands, 0);
    const cotangent = operand(node.operands, 1);
    const { geometry } = settings(node);
    return [
      graph.apply('conv2dInputGradient', [cotangent, kernels], {
        ...toAttributes(geometry),
        size: sizeOfImage(x.shape),
      }),
      graph.apply('conv2d', [x, kernels], toAttributes(geometry)),
    ];
  },
  jvp: bilinearTangent,
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    const cotangent = operand(operands, 1);
    const k = commonLength(x, cotangent);
    const { kernel, geometry } = settings(node);
    const { groups } = geometry;
    if (x.axis === null) {
      const wide = asChannels(graph, cotangent, groups);
      return kernelsFromOutputs(graph, conv2dFilterGradient(graph, x.node, wide, kernel, geometry), k, groups);
    }
    if (cotangent.axis === null) {
      const wide = asChannels(graph, x, groups);
      const kernels = conv2dFilterGradient(graph, wide, cotangent.node, kernel, geometry, 'cotangent');
      // Along axis 0, where the other half of the product rule has the k values.
      return { node: moveBatchAxis(graph, kernelsFromInputs(graph, kernels, k), 0), axis: 0 };
    }
    const apart = { ...geometry, groups: k * groups };
    const [images, cotangents] = [asChannels(graph, x, 1), asChannels(graph, cotangent, 1)];
    return kernelsFromOutputs(graph, conv2dFilterGradient(graph, images, cotangents, kernel, apart), k, 1);
  },
  onnx: (emit, node, operands) => {
    const x = { name: operand(operands, 0), shape: operand(node.operands, 0).shape };
    const cotangent = { name: operand(operands, 1), shape: operand(node.operands, 1).shape };
    return filterGradientOnnx(emit, x, cotangent, settings(node));
  },
  tfjs: (tf, node, operands) => filterGradientTfjs(tf, operand(operands, 0), operand(operands, 1), settings(node)),
  examples: convolutionExamples().flatMap(({ x, w, y, geometry }) =>
    ['images', 'cotangent'].map((columns) => ({
      operands: [x, y],
      attributes: { ...toAttributes(geometry), kernel: sizeOfImage(w), columns },
    })),
  ),
};

/** `kernel` is the number of rows and columns; `geometry` that of the convolution whose gradient this is. */
export function conv2dFilterGradient(
  graph: GraphBuilder,
  x: Node,
  cotangent: Node,
  kernel: Pair,
  geometry: Geometry,
  columns: Columns = 'images',
): Node {
  const attributes = { ...toAttributes(geometry), kernel: [...kernel], columns };
  return graph.apply('conv2dFilterGradient', [x, cotangent], attributes);
}
