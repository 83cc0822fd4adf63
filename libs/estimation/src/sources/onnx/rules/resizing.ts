/** Resize and Upsample: interpolation, one axis after the other. */
import type { Node } from '../../../graph/Node.ts';
import { gather } from '../../../ops/gather.ts';
import { shortestDecimal } from '../decimal.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { interpolationOf, isOutside, type AxisResize } from './interpolation.ts';
import { mapAxis } from './lastAxis.ts';

/** Which axes change, and how. */
function resizes(node: NodeTranslation, x: Node): AxisResize[] {
  const rank = x.shape.length;
  const [regionAt, scalesAt, sizesAt] = node.scope.opset < 11 ? [9, 1, 9] : [1, 2, 3];
  const axes = (node.integers('axes') ?? x.shape.map((_, axis) => axis)).map((axis) => node.axis(axis, rank));
  const region = node.has(regionAt) ? [...node.constant(regionAt).values] : [];
  const sizes = node.has(sizesAt) ? [...node.constant(sizesAt).values] : [];
  const stored = node.has(scalesAt) ? [...node.constant(scalesAt).values] : (node.decimals('scales') ?? []);
  const scales = stored.map(shortestDecimal);
  const ratios = axes.map((axis, i) => (sizes[i] ?? 1) / (x.shape[axis] ?? 1));
  const policy = node.text('keep_aspect_ratio_policy', 'stretch');
  const common: Readonly<Record<string, number | null>> = {
    stretch: null,
    not_larger: Math.min(...ratios),
    not_smaller: Math.max(...ratios),
  };
  const kept = common[policy];
  if (kept === undefined) throw node.failure('UNSUPPORTED', `keep_aspect_ratio_policy "${policy}" is not supported`);
  return x.shape.map((from, axis) => {
    const i = axes.indexOf(axis);
    const bounds = [region[i] ?? 0, region[i + axes.length] ?? 1] as const;
    if (i < 0) return { from, to: from, scale: 1, region: [0, 1] };
    const scale = scales[i];
    // As float32, in which the operator is defined: 6 · 1.6666666 is 10 there.
    if (scale !== undefined) return { from, to: Math.floor(Math.fround(from * scale)), scale, region: bounds };
    if (kept !== null) return { from, to: Math.floor(kept * from + 0.5), scale: kept, region: bounds };
    // The first axis holds the examples: as many as there are in this batch.
    const to = axis === 0 ? from : (sizes[i] ?? from);
    return { from, to, scale: to / from, region: bounds };
  });
}

function resize(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.float(0);
  const interpolation = interpolationOf(node);
  const cropped = node.text('coordinate_transformation_mode', '') === 'tf_crop_and_resize';
  return resizes(node, x).reduce((sofar, axisResize, axis) => {
    const { from, to, scale } = axisResize;
    if (from === to && scale === 1 && !cropped) return sofar;
    const weights = Array.from({ length: to }, (_, position) => interpolation.weights(axisResize, position));
    if (weights.some((_, position) => isOutside(node, axisResize, position))) {
      throw node.failure('UNSUPPORTED', 'a region that reaches beyond the image is not supported');
    }
    if (!interpolation.nearest) return mapAxis(graph, sofar, axis, to, (i, j) => weights[i]?.get(j) ?? 0);
    const positions = weights.map((only) => [...only.keys()][0] ?? 0);
    return gather(graph, sofar, graph.constant(positions, [to], 'int'), axis - x.shape.length);
  }, x);
}

export const resizingRules: Rules = { Resize: resize, Upsample: resize };
