/** What the initialisers of a file are on a graph: parameters and buffers of the model, other forms of these, or numbers. */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { concat } from '../../ops/concat.ts';
import { reshape } from '../../ops/reshape.ts';
import { slice } from '../../ops/slice.ts';
import { stopGradient } from '../../ops/stopGradient.ts';
import { transpose } from '../../ops/transpose.ts';
import type { OnnxGraph } from './OnnxGraph.ts';
import type { Roles } from './roles/assignRoles.ts';
import { tieForm } from './roles/ties.ts';
import type { Constant, Value } from './Value.ts';

/** Tables whose lookups do not differentiate some rows are called after both. */
function paddedName(table: string, rows: readonly number[]): string {
  return `${table} (rows ${rows.join(', ')} not differentiated)`;
}

/** The graph with lookups of rows that are not differentiated reading tables of their own. */
export function withPaddedTables({ graph, paddingRows }: Pick<Roles, 'graph' | 'paddingRows'>): OnnxGraph {
  const nodes = graph.nodes.map((node) => {
    const rows = paddingRows.get(node.outputs[0] ?? '');
    const [table = ''] = node.inputs;
    return rows && graph.initialisers.has(table)
      ? { ...node, inputs: node.inputs.with(0, paddedName(table, rows)) }
      : node;
  });
  return { ...graph, nodes };
}

/** By name of the initialiser, and of the tables of `withPaddedTables`. */
export function initialValues(roles: Roles, builder: GraphBuilder, state: ModelState): Map<string, Value> {
  const { graph, ties, paddingRows } = roles;
  const values = new Map<string, Value>([...graph.initialisers].map(([name, { tensor }]) => [name, tensor]));
  const tensorOf = (name: string): Constant | undefined => graph.initialisers.get(name)?.tensor;
  for (const buffer of roles.buffers) values.set(buffer.initialiser, state.buffer(buffer.name));
  for (const parameter of roles.parameters) {
    const learned = state.parameter(parameter.name);
    values.set(parameter.initialiser, parameter.build ? parameter.build(builder, learned) : learned);
  }
  for (const [name, source] of ties) {
    const value = values.get(source);
    const [from, to] = [tensorOf(source), tensorOf(name)];
    if (value && 'op' in value && from && to) values.set(name, inForm(builder, value, from, to));
  }
  for (const { outputs, inputs } of graph.nodes) {
    const rows = paddingRows.get(outputs[0] ?? '');
    const [table = ''] = inputs;
    const value = values.get(table);
    if (!rows || !value) continue;
    const isLearned =
      'op' in value && roles.parameters.some(({ initialiser }) => initialiser === (ties.get(table) ?? table));
    values.set(
      paddedName(table, rows),
      isLearned ? byRows(builder, value, rows, (row) => stopGradient(builder, row)) : value,
    );
  }
  return values;
}

function inForm(builder: GraphBuilder, value: Node, from: Constant, to: Constant): Node {
  if (tieForm(from, to) === 'reshape') return reshape(builder, value, to.shape);
  const rank = value.shape.length;
  return transpose(builder, value, [...value.shape.slice(2).map((_, axis) => axis), rank - 1, rank - 2]);
}

/** The value with some of its rows replaced by a function of them. */
function byRows(builder: GraphBuilder, value: Node, rows: readonly number[], f: (row: Node) => Node): Node {
  const count = value.shape[0] ?? 0;
  const axis = -value.shape.length;
  const cuts = [...new Set([0, ...rows.flatMap((row) => [row, row + 1]), count])].sort((a, b) => a - b);
  const parts = cuts.slice(0, -1).map((from, position) => {
    const part = slice(builder, value, axis, from, cuts[position + 1] ?? count);
    return rows.includes(from) ? f(part) : part;
  });
  return parts.length === 1 && parts[0] ? parts[0] : concat(builder, parts, axis);
}
