/**
 * Undoes what exporters do to tensors that are equal by chance. Of a freshly initialised net all scales (ones), biases and running means
 * (zeros) become one initialiser; so do the layers of nn.TransformerEncoder, which begin as copies of one.
 */
import type { Initialiser, OnnxGraph, OnnxNode } from '../OnnxGraph.ts';
import { isUniform } from './structure.ts';

export interface CopyRules {
  /** Whether an Identity of an initialiser stands for another tensor of equal content, and not for the same tensor again. */
  readonly isOther: (identity: OnnxNode, source: Initialiser) => boolean;
  /** The tensor that an initialiser stands for where this node reads it; null: the initialiser itself. */
  readonly standsFor: (read: InitialiserRead) => string | null;
}

interface InitialiserRead {
  readonly name: string;
  readonly initialiser: Initialiser;
  readonly node: OnnxNode;
  /** Among the inputs of the node. */
  readonly position: number;
  /** Whether no node read it before. */
  readonly isFirst: boolean;
}

/** The same graph without an Identity of an initialiser; initialisers that stand for several tensors are split. */
export function resolveCopies(graph: OnnxGraph, { isOther, standsFor }: CopyRules): OnnxGraph {
  const initialisers = new Map(graph.initialisers);
  const aliases = new Map<string, string>();
  const used = new Set<string>();
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => aliases.get(name) ?? name);
    const [first = ''] = inputs;
    const source = initialisers.get(first);
    const [output = ''] = node.outputs;
    if (node.opType === 'Identity' && source) {
      if (source.tensor.type === 'float' && isOther(node, source)) initialisers.set(output, source);
      else aliases.set(output, first);
      continue;
    }
    const own = inputs.map((name, position) => {
      const initialiser = initialisers.get(name);
      if (initialiser?.tensor.type !== 'float' || looksOnly(node, position)) return name;
      const other = standsFor({ name, initialiser, node, position, isFirst: !used.has(name) });
      used.add(name);
      if (other === null || other === name) return name;
      if (!initialisers.has(other)) initialisers.set(other, initialiser);
      return other;
    });
    nodes.push({ ...node, inputs: own });
  }
  const outputs = graph.outputs.map((name) => aliases.get(name) ?? name);
  return { ...graph, initialisers, nodes, outputs };
}

/** Whether a node asks for the shape or the type of an input and not for its elements. */
function looksOnly({ opType }: OnnxNode, position: number): boolean {
  return opType === 'Shape' || opType === 'Size' || (opType === 'CastLike' && position === 1);
}

/**
 * For files that do not say more: tensors of equal elements are other tensors at every further use; those whose elements differ are
 * equal on purpose (tied embeddings).
 */
export function copiesByContent(graph: OnnxGraph): OnnxGraph {
  return resolveCopies(graph, {
    isOther: (_, { tensor }) => isUniform(tensor),
    standsFor: ({ name, initialiser, node, position, isFirst }) => {
      if (isFirst || !isUniform(initialiser.tensor)) return null;
      return `${name} (${node.name === '' ? (node.outputs[0] ?? '') : node.name}, input ${position})`;
    },
  });
}
