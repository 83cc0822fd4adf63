/**
 * Splits a graph in two: what does not depend on the varying inputs runs once and is kept, the rest runs every time.
 * The equivalent of a retained autograd graph, shared by all probes.
 */
import { topologicalOrder, type Graph, type Node } from '../graph/Node.ts';

export interface SplitGraph {
  /** Runs once; its outputs are what the other program needs from it, by name. */
  readonly primal: Graph;
  /** Runs for every new value of the varying inputs; takes the primal outputs as further inputs of the same names. */
  readonly varying: Graph;
}

const keptPrefix = 'kept';

/** Whether a name is that of a value which the primal graph hands to the varying one. */
export function isKept(name: string): boolean {
  return name.startsWith(keptPrefix);
}

function isLeaf(node: Node): boolean {
  return node.operands.length === 0;
}

/**
 * What depends on nothing but `constantInputs` (and constants) stays in the varying graph: given as constants to the engine, which
 * then computes with them when it compiles.
 */
export function splitGraph(
  graph: Graph,
  varyingInputs: readonly Node[],
  constantInputs: readonly Node[] = [],
): SplitGraph {
  const varies = new Set(varyingInputs.map((node) => node.id));
  const order = topologicalOrder(Object.values(graph.outputs));
  for (const node of order) if (node.operands.some((operand) => varies.has(operand.id))) varies.add(node.id);

  const fixed = new Set(constantInputs.map((node) => node.id));
  for (const { id, op, operands } of order) {
    if (op === 'constant' || (operands.length > 0 && operands.every((operand) => fixed.has(operand.id)))) fixed.add(id);
  }

  const kept: Record<string, Node> = {};
  const replacement = new Map<number, Node>();
  const cut = (node: Node): Node => {
    const known = replacement.get(node.id);
    if (known) return known;
    const made = makeCut(node);
    replacement.set(node.id, made);
    return made;
  };
  const makeCut = (node: Node): Node => {
    if (varies.has(node.id)) return isLeaf(node) ? node : { ...node, operands: node.operands.map(cut) };
    if (fixed.has(node.id)) return node;
    if (node.op === 'input') return node; // fed to both programs under its own name
    const name = `${keptPrefix}${node.id}`;
    kept[name] = node;
    return { id: node.id, op: 'input', operands: [], attributes: {}, shape: node.shape, type: node.type, name };
  };
  const outputs: Record<string, Node> = {};
  for (const [name, node] of Object.entries(graph.outputs)) outputs[name] = cut(node);
  return { primal: { outputs: kept }, varying: { outputs } };
}
