/**
 * Partial evaluation: splits a graph into a part that does not depend on the varying inputs and runs once, and a part that runs for
 * every new value of them. The values that pass from the first to the second are the residuals: the equivalent of a retained
 * autograd graph, shared by all probes.
 */
import { topologicalOrder, type Graph, type Node } from '../graph/Node.ts';

export interface PartialEvaluation {
  /** Runs once; its outputs are the residuals, by name. */
  readonly primal: Graph;
  /** Runs for every new value of the varying inputs; takes the residuals as further inputs of the same names. */
  readonly varying: Graph;
}

const residualPrefix = 'residual';

/** Whether a name is that of a residual: a value that the primal graph hands to the varying one. */
export function isResidual(name: string): boolean {
  return name.startsWith(residualPrefix);
}

function isLeaf(node: Node): boolean {
  return node.operands.length === 0;
}

/**
 * Nodes that depend on nothing but `constantInputs` (and constants) stay in the varying graph: they are given to the engine as
 * constants, which it folds when it compiles.
 */
export function partialEval(
  graph: Graph,
  varyingInputs: readonly Node[],
  constantInputs: readonly Node[] = [],
): PartialEvaluation {
  const varies = new Set(varyingInputs.map((node) => node.id));
  const order = topologicalOrder(Object.values(graph.outputs));
  for (const node of order) if (node.operands.some((operand) => varies.has(operand.id))) varies.add(node.id);

  const fixed = new Set(constantInputs.map((node) => node.id));
  for (const { id, op, operands } of order) {
    if (op === 'constant' || (operands.length > 0 && operands.every((operand) => fixed.has(operand.id)))) fixed.add(id);
  }

  const residuals: Record<string, Node> = {};
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
    const name = `${residualPrefix}${node.id}`;
    residuals[name] = node;
    return { id: node.id, op: 'input', operands: [], attributes: {}, shape: node.shape, type: node.type, name };
  };
  const outputs: Record<string, Node> = {};
  for (const [name, node] of Object.entries(graph.outputs)) outputs[name] = cut(node);
  return { primal: { outputs: residuals }, varying: { outputs } };
}
