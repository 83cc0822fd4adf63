/** The discrete Fourier transform as a linear map, and the windows that signals are weighted with. */
import { add } from '../../../ops/add.ts';
import { concat } from '../../../ops/concat.ts';
import type { Node } from '../../../graph/Node.ts';
import { pad } from '../../../ops/pad.ts';
import { slice } from '../../../ops/slice.ts';
import { subtract } from '../../../ops/subtract.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { constant } from '../Value.ts';
import { mapAxis } from './lastAxis.ts';

/** The axis of the signal: an input from opset 20 on, an attribute before. */
function signalAxis(node: NodeTranslation, rank: number): number {
  const given = node.scope.opset < 20 ? node.number('axis', 1) : node.has(2) ? (node.constant(2).values[0] ?? -2) : -2;
  return node.axis(given, rank);
}

/** Exactly `length` elements of an axis: cut, or filled up with zeros. */
function ofLength({ graph }: NodeTranslation, x: Node, axis: number, length: number): Node {
  const others = x.shape.slice(axis + 1).map(() => 0);
  return pad(graph, x, { before: [0, ...others], after: [length - (x.shape[axis] ?? 0), ...others] });
}

/** The real signal whose transform begins with the given half; the other half is its mirror image, so that most terms count twice. */
function realInverse(node: NodeTranslation, half: Node, axis: number): Node {
  const { graph } = node;
  const length = node.has(1) ? (node.constant(1).values[0] ?? 1) : 2 * ((half.shape[axis] ?? 1) - 1);
  const given = ofLength(node, half, axis, Math.floor(length / 2) + 1);
  const part = (index: number, f: (angle: number) => number): Node =>
    mapAxis(graph, slice(graph, given, -1, index, index + 1), axis, length, (to, from) => {
      const count = from === 0 || 2 * from === length ? 1 : 2;
      return (count * f((2 * Math.PI * ((to * from) % length)) / length)) / length;
    });
  return subtract(graph, part(0, Math.cos), part(1, Math.sin));
}

/** x [..., L, ..., 1 or 2] with real and imaginary parts last; the result has both, or both for a real inverse. */
function fourier(node: NodeTranslation): Node {
  const { graph } = node;
  const given = node.node(0);
  const axis = signalAxis(node, given.shape.length);
  const inverse = node.number('inverse', 0) === 1;
  const oneSided = node.number('onesided', 0) === 1;
  const length = node.has(1) ? (node.constant(1).values[0] ?? 1) : (given.shape[axis] ?? 1);
  if (inverse && oneSided) return realInverse(node, given, axis);
  const x = ofLength(node, given, axis, length);
  const kept = oneSided ? Math.floor(length / 2) + 1 : length;
  const sign = inverse ? 1 : -1;
  const size = inverse ? 1 / length : 1;
  const angle = (to: number, from: number): number => (sign * 2 * Math.PI * ((to * from) % length)) / length;
  const cosine = (part: Node): Node => mapAxis(graph, part, axis, kept, (i, j) => size * Math.cos(angle(i, j)));
  const sine = (part: Node): Node => mapAxis(graph, part, axis, kept, (i, j) => size * Math.sin(angle(i, j)));
  const real = slice(graph, x, -1, 0, 1);
  if (x.shape.at(-1) === 1) return concat(graph, [cosine(real), sine(real)], -1);
  const imaginary = slice(graph, x, -1, 1, 2);
  const parts = [subtract(graph, cosine(real), sine(imaginary)), add(graph, sine(real), cosine(imaginary))];
  return concat(graph, parts, -1);
}

/** Σ ± coefficient · cos(2π i k / n), with n − 1 in place of n where the window is symmetric. */
function window(...coefficients: readonly number[]): Rule {
  return (node) => {
    const [size = 1] = node.constant(0).values;
    const period = node.number('periodic', 1) === 1 ? size : size - 1;
    return constant('float', [size], (k) =>
      coefficients.reduce((sum, c, i) => sum + (i % 2 === 0 ? c : -c) * Math.cos((2 * Math.PI * i * k) / period), 0),
    );
  };
}

export const spectralRules: Rules = {
  DFT: fourier,
  HannWindow: window(0.5, 0.5),
  HammingWindow: window(25 / 46, 21 / 46),
  BlackmanWindow: window(0.42, 0.5, 0.08),
};
