/** Sums of products by labels of axes. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { reshape } from '../../../ops/reshape.ts';
import { sum } from '../../../ops/sum.ts';
import { transpose } from '../../../ops/transpose.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

/** A value with a label for each axis, all of them different. */
interface Labelled {
  readonly value: Node;
  readonly labels: readonly string[];
}

/** The letters of a term; "..." stands for as many axes as the others leave, labelled 0, 1, … from the last. */
function labelsOf(node: NodeTranslation, term: string, rank: number | null): string[] {
  const [before = '', after] = term.replaceAll(' ', '').split('...');
  if (after === undefined) return [...before];
  const wide = rank === null ? widest(node) : rank - before.length - after.length;
  return [...before, ...Array.from({ length: wide }, (_, axis) => String(wide - 1 - axis)), ...after];
}

/** The most axes that "..." stands for. */
function widest(node: NodeTranslation): number {
  const [left = ''] = equationOf(node).split('->');
  const counts = left.split(',').map((term, position) => {
    const letters = term.replaceAll(/[ .]/g, '').length;
    return term.includes('...') ? node.value(position).shape.length - letters : 0;
  });
  return Math.max(...counts);
}

function equationOf(node: NodeTranslation): string {
  return node.text('equation', '');
}

/** Where a label stands twice, its diagonal. */
function withoutRepeats(graph: GraphBuilder, { value, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, position) => labels.indexOf(label) !== position);
  if (second < 0) return { value, labels };
  const first = labels.indexOf(labels[second] ?? '');
  const length = value.shape[first] ?? 1;
  const lengths = value.shape.map((_, axis) => (axis === first || axis === second ? length : 1));
  const identity = Array.from({ length: length * length }, (_, i) => Number(i % length === Math.floor(i / length)));
  const diagonal = multiply(graph, value, graph.constant(identity, lengths));
  const kept = sum(graph, diagonal, [second - labels.length]);
  const rest = { value: reshape(graph, kept, value.shape.toSpliced(second, 1)), labels: labels.toSpliced(second, 1) };
  return withoutRepeats(graph, rest);
}

/** Sums over the labels that nothing else needs. */
function withoutUnused(graph: GraphBuilder, { value, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const unused = labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  const summed = sum(
    graph,
    value,
    unused.map((axis) => axis - labels.length),
  );
  return {
    value: reshape(
      graph,
      summed,
      value.shape.filter((_, axis) => !unused.includes(axis)),
    ),
    labels: labels.filter((label) => needed.has(label)),
  };
}

/** In the order of these labels, with length 1 for those that it lacks. */
function arranged(graph: GraphBuilder, { value, labels }: Labelled, order: readonly string[]): Node {
  const own = order.filter((label) => labels.includes(label));
  const moved = transpose(
    graph,
    value,
    own.map((label) => labels.indexOf(label)),
  );
  return reshape(
    graph,
    moved,
    order.map((label) => (own.includes(label) ? (moved.shape[own.indexOf(label)] ?? 1) : 1)),
  );
}

/** One matrix product: of labels in both, those still needed count as many products, the others are summed over. */
function contract(graph: GraphBuilder, a: Labelled, b: Labelled, needed: ReadonlySet<string>): Labelled {
  const lengthOf = ({ value, labels }: Labelled, label: string): number => value.shape[labels.indexOf(label)] ?? 1;
  const both = a.labels.filter((label) => b.labels.includes(label));
  // A length of 1 against a longer one is repeated: such labels are kept apart and broadcast.
  const inner = both.filter((label) => !needed.has(label) && lengthOf(a, label) === lengthOf(b, label));
  const many = both.filter((label) => !inner.includes(label));
  const [left, right] = [a, b].map(({ labels }) => labels.filter((label) => !both.includes(label)));
  const [rows, columns] = [left ?? [], right ?? []];
  const matrix = (x: Labelled, first: readonly string[], second: readonly string[]): Node => {
    const lengths = (labels: readonly string[]): number => sizeOf(labels.map((label) => lengthOf(x, label)));
    const value = arranged(graph, x, [...many, ...first, ...second]);
    return reshape(graph, value, [...many.map((label) => lengthOf(x, label)), lengths(first), lengths(second)]);
  };
  const product = matmul(graph, matrix(a, rows, inner), matrix(b, inner, columns));
  const shape = [
    ...product.shape.slice(0, many.length),
    ...rows.map((label) => lengthOf(a, label)),
    ...columns.map((label) => lengthOf(b, label)),
  ];
  return withoutUnused(
    graph,
    { value: reshape(graph, product, shape), labels: [...many, ...rows, ...columns] },
    needed,
  );
}

/** Without "->" the labels that stand once, in alphabetical order, behind those of "...". */
function implicitOutput(terms: readonly string[]): string {
  const all = terms.join('').replaceAll(/[ .]/g, '');
  const once = [...new Set(all)].filter((label) => all.split(label).length === 2).sort();
  return `${terms.some((term) => term.includes('...')) ? '...' : ''}${once.join('')}`;
}

function einsum(node: NodeTranslation): Node {
  const { graph } = node;
  const [left = '', right] = equationOf(node).split('->');
  const terms = left.split(',');
  const output = labelsOf(node, right ?? implicitOutput(terms), null);
  const operands = terms.map((term, position) => {
    const value = node.float(position);
    return withoutRepeats(graph, { value, labels: labelsOf(node, term, value.shape.length) });
  });
  const neededBy = (rest: readonly Labelled[]): Set<string> =>
    new Set([...output, ...rest.flatMap(({ labels }) => [...labels])]);
  const [first, ...others] = operands;
  if (!first) throw node.failure('BAD_FILE', 'it has no inputs');
  const start = withoutUnused(graph, first, neededBy(others));
  const result = others.reduce((sofar, operand, position) => {
    const needed = neededBy(others.slice(position + 1));
    const own = withoutUnused(graph, operand, new Set([...needed, ...sofar.labels]));
    return contract(graph, sofar, own, needed);
  }, start);
  return node.typedAs(arranged(graph, result, output), ...operands.keys());
}

export const einsumRules: Rules = { Einsum: einsum };
