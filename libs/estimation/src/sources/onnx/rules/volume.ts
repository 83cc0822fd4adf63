/** Convolutions of volumes [N, C, D, H, W] as sums of convolutions of their slices, one for each tap along the depth. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { conv2d } from '../../../ops/conv2d.ts';
import { conv2dInputGradient } from '../../../ops/conv2dInputGradient.ts';
import { gather } from '../../../ops/gather.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { slice } from '../../../ops/slice.ts';
import { transpose } from '../../../ops/transpose.ts';
import { planar, planarKernel, positionsAlong, type OnnxWindow } from './window.ts';

/** [N, C, D, H, W] with the depth before the channels; its own inverse. */
function depthFirst(graph: GraphBuilder, x: Node): Node {
  return transpose(graph, x, [0, 2, 1, 3, 4]);
}

/** The images [N · D, C, H, W] of volumes [N, D, C, H, W]. */
function slices(graph: GraphBuilder, x: Node): Node {
  const [n = 1, depth = 1, ...image] = x.shape;
  return reshape(graph, x, [n * depth, ...image]);
}

function sumOver(graph: GraphBuilder, taps: number, term: (tap: number) => Node): Node {
  return Array.from({ length: taps }, (_, tap) => term(tap)).reduce((a, b) => add(graph, a, b));
}

/** w [O, C / groups, depth, rows, columns] at one depth. */
function kernelAt(graph: GraphBuilder, w: Node, tap: number): Node {
  return reshape(graph, slice(graph, w, -3, tap, tap + 1), w.shape.toSpliced(2, 1));
}

export function convolveVolume(graph: GraphBuilder, x: Node, w: Node, window: OnnxWindow, groups: number): Node {
  const { stride, dilation, pads } = planar(window, groups);
  const [before = 0, step = 1, apart = 1] = [window.before[0], window.stride[0], window.dilation[0]];
  const positions = positionsAlong(window, 0, x.shape[2] ?? 1);
  const padded = pad(graph, x, { before: [before, 0, 0], after: [window.after[0] ?? 0, 0, 0] });
  const volumes = depthFirst(graph, padded);
  const sum = sumOver(graph, w.shape[2] ?? 1, (tap) => {
    const reached = Array.from({ length: positions }, (_, position) => position * step + tap * apart);
    const part = gather(graph, volumes, graph.constant(reached, [positions], 'int'), -4);
    return conv2d(graph, slices(graph, part), kernelAt(graph, w, tap), { stride, dilation, padding: pads, groups });
  });
  return depthFirst(graph, reshape(graph, sum, [x.shape[0] ?? 1, positions, ...sum.shape.slice(1)]));
}

/** The reverse of `convolveVolume`, for a result of a given size. */
export function transposedVolume(
  graph: GraphBuilder,
  x: Node,
  w: Node,
  { size, ...window }: OnnxWindow & { readonly size: readonly number[] },
  groups: number,
): Node {
  const [n = 1, , depth = 1] = x.shape;
  const [before = 0, step = 1, apart = 1] = [window.before[0], window.stride[0], window.dilation[0]];
  const images = slices(graph, depthFirst(graph, x));
  const whole = size[0] ?? 1;
  const sum = sumOver(graph, w.shape[2] ?? 1, (tap) => {
    const part = conv2dInputGradient(
      graph,
      images,
      kernelAt(graph, w, tap),
      planarKernel(size),
      planar(window, groups),
    );
    const apartInDepth = withGaps(graph, reshape(graph, part, [n, depth, ...part.shape.slice(1)]), step);
    const first = tap * apart - before;
    const last = whole - first - (apartInDepth.shape[1] ?? 1);
    return pad(graph, apartInDepth, { before: [first, 0, 0, 0], after: [last, 0, 0, 0] });
  });
  return depthFirst(graph, sum);
}

/** [N, D, ...] with step − 1 zeros between its slices. */
function withGaps(graph: GraphBuilder, x: Node, step: number): Node {
  if (step === 1) return x;
  const [n = 1, depth = 1, ...image] = x.shape;
  const zeros = image.map(() => 0);
  const wide = pad(graph, reshape(graph, x, [n, depth, 1, ...image]), {
    before: [0, ...zeros],
    after: [step - 1, ...zeros],
  });
  return slice(graph, reshape(graph, wide, [n, depth * step, ...image]), -4, 0, (depth - 1) * step + 1);
}
