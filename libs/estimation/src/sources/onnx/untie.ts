/**
 * Undoes what exporters do to parameters that are equal by chance. PyTorch stores tensors of equal content once: of a freshly
 * initialised net all scales (ones), biases and running means (zeros) become one initialiser, passed on directly or through
 * Identity nodes. Such an initialiser is split again, one for every use. One whose elements differ is equal on purpose (tied
 * embeddings) and stays one parameter.
 */
import type { Initialiser, OnnxGraph, OnnxNode } from './OnnxGraph.ts';

function isUniform({ tensor: { values, type } }: Initialiser): boolean {
  return type === 'float' && values.every((value) => value === values[0]);
}

/** The same graph without an Identity of an initialiser and without an initialiser of equal elements that is used twice. */
export function untie(graph: OnnxGraph): OnnxGraph {
  const initialisers = new Map(graph.initialisers);
  const aliases = new Map<string, string>();
  const used = new Set<string>();
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => aliases.get(name) ?? name);
    const source = initialisers.get(inputs[0] ?? '');
    const [output = ''] = node.outputs;
    if (node.opType === 'Identity' && source) {
      if (isUniform(source)) initialisers.set(output, source);
      else aliases.set(output, inputs[0] ?? '');
      continue;
    }
    nodes.push({ ...node, inputs: inputs.map((name, position) => ownCopy(name, node, position, initialisers, used)) });
  }
  const outputs = graph.outputs.map((name) => aliases.get(name) ?? name);
  return { ...graph, initialisers, nodes, outputs };
}

/** Whether a node asks for the shape or the type of an input and not for its elements. */
function looksOnly({ opType }: OnnxNode, position: number): boolean {
  return opType === 'Shape' || opType === 'Size' || (opType === 'CastLike' && position === 1);
}

/** The name itself at its first use; a copy, named after where it is used, at any other one of equal elements. */
function ownCopy(
  name: string,
  node: OnnxNode,
  position: number,
  initialisers: Map<string, Initialiser>,
  used: Set<string>,
): string {
  const initialiser = initialisers.get(name);
  if (looksOnly(node, position)) return name;
  if (!initialiser || !used.has(name) || !isUniform(initialiser)) {
    used.add(name);
    return name;
  }
  const copy = `${name} (${node.name === '' ? (node.outputs[0] ?? '') : node.name}, input ${position})`;
  initialisers.set(copy, initialiser);
  used.add(copy);
  return copy;
}
