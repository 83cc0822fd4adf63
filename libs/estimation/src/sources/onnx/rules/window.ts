/** Kernels that move over images: attributes that convolutions and poolings share, and signals as images of one row. */
import type { Node } from '../../../graph/Node.ts';
import type { Padding, Pair } from '../../../ops/convolution/geometry.ts';
import { reshape } from '../../../ops/reshape.ts';
import type { NodeTranslation } from '../NodeTranslation.ts';

export interface OnnxWindow {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** Of a signal: its one length as columns. */
function pairFrom(node: NodeTranslation, values: readonly number[] | null, one: number): Pair {
  const [first = one, second] = values ?? [one, one];
  if ((values?.length ?? 2) > 2) throw node.failure('UNSUPPORTED', 'only signals and images are read, no volumes');
  return second === undefined ? [one, first] : [first, second];
}

export function windowOf(node: NodeTranslation): OnnxWindow {
  return {
    stride: pairFrom(node, node.integers('strides'), 1),
    dilation: pairFrom(node, node.integers('dilations'), 1),
    padding: paddingOf(node),
  };
}

/** rows, columns of the attribute kernel_shape. */
export function kernelOf(node: NodeTranslation): Pair {
  return pairFrom(node, node.integers('kernel_shape'), 1);
}

function paddingOf(node: NodeTranslation): Padding {
  const automatic = node.text('auto_pad', 'NOTSET');
  if (automatic === 'SAME_UPPER') return 'same';
  if (automatic === 'VALID') return 'valid';
  if (automatic !== 'NOTSET') throw node.failure('UNSUPPORTED', `auto_pad ${automatic} is not read; use explicit pads`);
  const pads = node.integers('pads') ?? [0, 0, 0, 0];
  const [top = 0, left = 0, bottom = 0, right = 0] = pads.length === 2 ? [0, pads[0], 0, pads[1]] : pads;
  return [top, left, bottom, right];
}

/** [N, C, L] as [N, C, 1, L]; images as they are. Throws an EstimationError (UNSUPPORTED) for other ranks. */
export function asImage(node: NodeTranslation, x: Node): Node {
  if (x.shape.length === 4) return x;
  if (x.shape.length === 3) return reshape(node.graph, x, x.shape.toSpliced(2, 0, 1));
  throw node.failure('UNSUPPORTED', `signals [N, C, L] and images [N, C, H, W] are read, not [${x.shape.join(', ')}]`);
}

/** The result in the form of the operand it was made from. */
export function asBefore(node: NodeTranslation, result: Node, operand: Node): Node {
  return operand.shape.length === 3 ? reshape(node.graph, result, result.shape.toSpliced(2, 1)) : result;
}
