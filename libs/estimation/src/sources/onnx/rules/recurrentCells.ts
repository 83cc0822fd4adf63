/** One step of an RNN, a GRU and an LSTM, with the gates in the order in which ONNX stores them. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { slice } from '../../../ops/slice.ts';
import { subtract } from '../../../ops/subtract.ts';
import { clip } from '../../activations.ts';
import { not } from '../../mathematics.ts';
import type { NodeTranslation } from '../NodeTranslation.ts';

export type Activation = (graph: GraphBuilder, x: Node) => Node;

interface CellParts {
  readonly node: NodeTranslation;
  /** [G · H, I] */
  readonly w: Node;
  /** [G · H, H] */
  readonly r: Node;
  /** Of the inputs, then of the states, [2 · G · H]; null: zeros. */
  readonly bias: Node | null;
  /** [3 · H]; null: none. */
  readonly peephole: Node | null;
  /** H */
  readonly width: number;
  readonly functions: readonly Activation[];
}

export interface Cell {
  /** The part of all gates that comes from the inputs [M, I], with the biases that can be added at once. */
  project(x: Node): Node;
  /** From that part [N, G · H] and the states [N, H], the next states; the first is the hidden one. */
  step(input: Node, states: readonly Node[]): Node[];
}

export interface CellKind {
  readonly cell: (parts: CellParts) => Cell;
  /** Inputs that hold the initial states. */
  readonly states: readonly number[];
  readonly peephole?: number;
  /** Activations where the file names none. */
  readonly functions: readonly string[];
}

/** Part `index` of gates laid side by side. */
function gate({ node, width }: CellParts, gates: Node, index: number): Node {
  return slice(node.graph, gates, -1, index * width, (index + 1) * width);
}

/** The biases of the inputs (0) or the states (1), [G · H]. */
function biasOf({ node, bias, r }: CellParts, half: 0 | 1): Node | null {
  const size = r.shape[0] ?? 1;
  return bias && slice(node.graph, bias, -1, half * size, (half + 1) * size);
}

function plus(graph: GraphBuilder, a: Node, b: Node | null): Node {
  return b ? add(graph, a, b) : a;
}

/** An activation of what the attribute `clip` holds within bounds. */
function activate({ node, functions }: CellParts, index: number, x: Node): Node {
  const bound = node.number('clip', Infinity);
  return functions[index]?.(node.graph, clip(node.graph, x, -bound, bound)) ?? x;
}

function project(parts: CellParts, biases: readonly (Node | null)[]): (x: Node) => Node {
  const { graph } = parts.node;
  return (x) =>
    biases.reduce<Node>((sofar, bias) => plus(graph, sofar, bias), matmul(graph, x, parts.w, { transposeB: true }));
}

export const simpleCell: CellKind = {
  functions: ['Tanh'],
  states: [5],
  cell: (parts) => {
    const { graph } = parts.node;
    return {
      project: project(parts, [biasOf(parts, 0), biasOf(parts, 1)]),
      step: (input, [h = input]) => [
        activate(parts, 0, add(graph, input, matmul(graph, h, parts.r, { transposeB: true }))),
      ],
    };
  },
};

/** Gates: update z, reset r, hidden. */
export const gatedCell: CellKind = {
  functions: ['Sigmoid', 'Tanh'],
  states: [5],
  cell: (parts) => {
    const { node, r, width } = parts;
    const { graph } = node;
    const resetsAfter = node.number('linear_before_reset', 0) !== 0;
    const stateBias = biasOf(parts, 1);
    const rowsOf = (from: number, to: number): Node => slice(graph, r, -2, from * width, to * width);
    const biasesOf = (from: number, to: number): Node | null =>
      stateBias && slice(graph, stateBias, -1, from * width, to * width);
    return {
      project: project(parts, [biasOf(parts, 0)]),
      step: (input, [h = input]) => {
        const fromState = plus(graph, matmul(graph, h, rowsOf(0, 2), { transposeB: true }), biasesOf(0, 2));
        const gates = activate(parts, 0, add(graph, slice(graph, input, -1, 0, 2 * width), fromState));
        const [z, reset] = [gate(parts, gates, 0), gate(parts, gates, 1)];
        const linear = (x: Node): Node =>
          plus(graph, matmul(graph, x, rowsOf(2, 3), { transposeB: true }), biasesOf(2, 3));
        const hidden = resetsAfter ? multiply(graph, reset, linear(h)) : linear(multiply(graph, reset, h));
        const proposed = activate(parts, 1, add(graph, gate(parts, input, 2), hidden));
        // (1 − z) ⊙ proposed + z ⊙ h
        return [add(graph, proposed, multiply(graph, z, subtract(graph, h, proposed)))];
      },
    };
  },
};

/** Gates: input, output, forget, cell. Peepholes: input, output, forget. */
export const longShortCell: CellKind = {
  functions: ['Sigmoid', 'Tanh', 'Tanh'],
  states: [5, 6],
  peephole: 7,
  cell: (parts) => {
    const { node, r, peephole } = parts;
    const { graph } = node;
    const couples = node.number('input_forget', 0) === 1;
    const peep = (x: Node, c: Node, index: number): Node =>
      peephole ? add(graph, x, multiply(graph, gate(parts, peephole, index), c)) : x;
    return {
      project: project(parts, [biasOf(parts, 0), biasOf(parts, 1)]),
      step: (input, [h = input, c = input]) => {
        const gates = add(graph, input, matmul(graph, h, r, { transposeB: true }));
        const entered = activate(parts, 0, peep(gate(parts, gates, 0), c, 0));
        const forget = couples ? not(graph, entered) : activate(parts, 0, peep(gate(parts, gates, 2), c, 2));
        const proposed = activate(parts, 1, gate(parts, gates, 3));
        const next = add(graph, multiply(graph, forget, c), multiply(graph, entered, proposed));
        const out = activate(parts, 0, peep(gate(parts, gates, 1), next, 1));
        return [multiply(graph, out, activate(parts, 2, next)), next];
      },
    };
  },
};
