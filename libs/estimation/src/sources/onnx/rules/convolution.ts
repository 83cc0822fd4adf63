/** Convolutions and transposed convolutions. */
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { conv2d } from '../../../ops/conv2d.ts';
import { conv2dInputGradient } from '../../../ops/conv2dInputGradient.ts';
import { extent } from '../../../ops/convolution/geometry.ts';
import { reshape } from '../../../ops/reshape.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { convolveVolume, transposedVolume } from './volume.ts';
import { asBefore, asImage, planar, planarKernel, spatial, windowOf, type OnnxWindow } from './window.ts';

/** A bias [C] added to every position of a channel. */
function withBias(node: NodeTranslation, y: Node): Node {
  if (!node.has(2)) return y;
  return add(node.graph, y, reshape(node.graph, node.node(2), [-1, ...y.shape.slice(2).map(() => 1)]));
}

function convolution(node: NodeTranslation): Node {
  const { graph } = node;
  const [x, w] = [node.node(0), node.node(1)];
  const groups = node.number('group', 1);
  const window = windowOf(node, spatial(node, x), w.shape.slice(2));
  if (x.shape.length === 5) return withBias(node, convolveVolume(graph, x, w, window, groups));
  const { stride, dilation, pads } = planar(window, groups);
  const options = { stride, dilation, padding: pads, groups, ...(node.has(2) && { bias: node.node(2) }) };
  return asBefore(node, conv2d(graph, asImage(node, x), asImage(node, w), options), x);
}

/** Padding of a transposed convolution is what is cut off its result; where the result's size is given, it follows from that. */
function cutting(
  node: NodeTranslation,
  lengths: readonly number[],
  kernel: readonly number[],
): OnnxWindow & { readonly size: number[] } {
  const automatic = node.text('auto_pad', 'NOTSET');
  const same = automatic === 'SAME_UPPER' || automatic === 'SAME_LOWER';
  const window = windowOf(node, lengths, kernel);
  const extra = node.integers('output_padding') ?? lengths.map(() => 0);
  const whole = lengths.map(
    (length, axis) =>
      (window.stride[axis] ?? 1) * (length - 1) +
      (extra[axis] ?? 0) +
      extent(kernel[axis] ?? 1, window.dilation[axis] ?? 1),
  );
  const given = node.integers('output_shape');
  const wanted =
    given?.slice(-lengths.length) ?? (same ? lengths.map((length, axis) => length * (window.stride[axis] ?? 1)) : null);
  if (!wanted) {
    return {
      ...window,
      size: whole.map((length, axis) => length - (window.before[axis] ?? 0) - (window.after[axis] ?? 0)),
    };
  }
  const cut = whole.map((length, axis) => length - (wanted[axis] ?? length));
  const [less, more] = [cut.map((width) => Math.floor(width / 2)), cut.map((width) => Math.ceil(width / 2))];
  const upper = automatic === 'SAME_UPPER';
  return { ...window, before: upper ? less : more, after: upper ? more : less, size: [...wanted] };
}

function transposedConvolution(node: NodeTranslation): Node {
  const { graph } = node;
  const [x, w] = [node.node(0), node.node(1)];
  const groups = node.number('group', 1);
  const { size, ...window } = cutting(node, spatial(node, x), w.shape.slice(2));
  if (x.shape.length === 5) return withBias(node, transposedVolume(graph, x, w, { ...window, size }, groups));
  const result = conv2dInputGradient(
    graph,
    asImage(node, x),
    asImage(node, w),
    planarKernel(size),
    planar(window, groups),
  );
  return withBias(node, asBefore(node, result, x));
}

export const convolutionRules: Rules = { Conv: convolution, ConvTranspose: transposedConvolution };
