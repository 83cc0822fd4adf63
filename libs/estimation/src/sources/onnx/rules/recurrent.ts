/** LSTM, GRU and RNN, unrolled step by step. */
import type { Node } from '../../../graph/Node.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { compare } from '../../../ops/compare.ts';
import { concat } from '../../../ops/concat.ts';
import { reshape } from '../../../ops/reshape.ts';
import { select } from '../../../ops/select.ts';
import { slice } from '../../../ops/slice.ts';
import { transpose } from '../../../ops/transpose.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { activationsOf } from './recurrentActivations.ts';
import { gatedCell, longShortCell, simpleCell, type Cell, type CellKind } from './recurrentCells.ts';

/** Sequences [T, N, ...], whichever way the file lays them out. */
function stepsFirst({ graph }: NodeTranslation, x: Node, batchFirst: boolean): Node {
  return batchFirst ? transpose(graph, x, [1, 0, ...x.shape.slice(2).map((_, axis) => axis + 2)]) : x;
}

/** Input `position` [D, ...] of one direction, or null where it is left out. */
function ofDirection(node: NodeTranslation, position: number, direction: number): Node | null {
  if (!node.has(position)) return null;
  const all = node.node(position);
  const one = slice(node.graph, all, -all.shape.length, direction, direction + 1);
  return reshape(node.graph, one, all.shape.slice(1));
}

/** The state that a direction begins with [N, H]: given, or zeros. */
function initialState(node: NodeTranslation, position: number, direction: number, shape: readonly number[]): Node {
  const { graph } = node;
  if (!node.has(position)) return broadcastTo(graph, graph.constant([0]), shape);
  const given = node.node(position);
  const ordered = node.number('layout', 0) === 1 ? transpose(graph, given, [1, 0, 2]) : given;
  return reshape(graph, slice(graph, ordered, -3, direction, direction + 1), shape);
}

/** Whether the examples' sequences are still going on at a step: [N, 1], or null where all are as long as the input. */
function goingOn(node: NodeTranslation, step: number): Node | null {
  if (!node.has(4)) return null;
  const lengths = reshape(node.graph, node.float(4), [-1, 1]);
  return compare(node.graph, node.graph.constant([step]), 'less', lengths);
}

interface Run {
  /** Hidden states [N, H] by step. */
  readonly hidden: readonly Node[];
  /** States at the end. */
  readonly last: readonly Node[];
}

/** One direction over sequences x [T, N, I]. */
function runDirection(node: NodeTranslation, x: Node, cell: Cell, states: readonly Node[], backwards: boolean): Run {
  const { graph } = node;
  const [length = 1, n = 1, width = 1] = x.shape;
  const rows = reshape(graph, x, [length * n, width]);
  // The inputs' part of all steps is one product.
  const projected = reshape(graph, cell.project(rows), [length, n, -1]);
  const hidden: Node[] = [];
  let current = states;
  for (let i = 0; i < length; i++) {
    const step = backwards ? length - 1 - i : i;
    const input = reshape(graph, slice(graph, projected, -3, step, step + 1), [n, -1]);
    const going = goingOn(node, step);
    const next = cell.step(input, current);
    current = going ? next.map((state, s) => select(graph, going, state, current[s] ?? state)) : next;
    const [shown] = next;
    if (shown) hidden[step] = going ? select(graph, going, shown, graph.constant([0])) : shown;
  }
  return { hidden, last: current };
}

function recurrent(kind: CellKind): Rule {
  return (node) => {
    const { graph } = node;
    const batchFirst = node.number('layout', 0) === 1;
    const x = stepsFirst(node, node.node(0), batchFirst);
    const [, n = 1] = x.shape;
    const weights = node.node(2).shape;
    const directions = weights[0] ?? 1;
    const width = weights.at(-1) ?? 1;
    const backwards = { forward: [false], reverse: [true], bidirectional: [false, true] }[
      node.text('direction', 'forward')
    ];
    if (backwards?.length !== directions) {
      throw node.failure(
        'BAD_FILE',
        `direction "${node.text('direction', 'forward')}" does not fit ${directions} sets of weights`,
      );
    }
    const runs = backwards.map((reversed, direction) => {
      const weight = (position: number): Node | null => ofDirection(node, position, direction);
      const w = weight(1);
      const r = weight(2);
      if (!w || !r) throw node.failure('BAD_FILE', 'its weights are missing');
      const functions = activationsOf(node, kind.functions, direction);
      const parts = {
        node,
        w,
        r,
        bias: weight(3),
        peephole: kind.peephole === undefined ? null : weight(kind.peephole),
        width,
        functions,
      };
      const states = kind.states.map((position) => initialState(node, position, direction, [n, width]));
      return runDirection(node, x, kind.cell(parts), states, reversed);
    });
    const outputs = runs.map(({ hidden }) => sideBySide(node, hidden));
    // [T, D, N, H], or [N, T, D, H].
    const all = concat(
      graph,
      outputs.map((y) => reshape(graph, y, y.shape.toSpliced(1, 0, 1))),
      -3,
    );
    const last = kind.states.map((_, state) => {
      const ends = sideBySide(
        node,
        runs.flatMap(({ last: states }) => states[state] ?? []),
      );
      return batchFirst ? transpose(graph, ends, [1, 0, 2]) : ends;
    });
    return [batchFirst ? transpose(graph, all, [2, 0, 1, 3]) : all, ...last];
  };
}

/** [N, H] several times as [count, N, H]. */
function sideBySide({ graph }: NodeTranslation, values: readonly Node[]): Node {
  return concat(
    graph,
    values.map((value) => reshape(graph, value, [1, ...value.shape])),
    -3,
  );
}

export const recurrentRules: Rules = {
  RNN: recurrent(simpleCell),
  GRU: recurrent(gatedCell),
  LSTM: recurrent(longShortCell),
};
