/** Builds the graph of an ONNX file, node by node: what is known now is computed now, the rest becomes ops. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Node } from '../../graph/Node.ts';
import { foldRules } from './fold/foldRules.ts';
import { NodeTranslation, type TranslationScope } from './NodeTranslation.ts';
import { withBodies } from './captures.ts';
import { describeNode, type OnnxGraph, type OnnxNode } from './OnnxGraph.ts';
import { rules } from './rules/rules.ts';
import { isNode, type Value } from './Value.ts';

/** The nodes that an output depends on, in the order of the file. */
export function neededFor(graph: OnnxGraph, output: string): OnnxNode[] {
  const wanted = new Set([output]);
  const needed: OnnxNode[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    needed.push(node);
    for (const name of node.inputs) wanted.add(name);
  }
  return needed.reverse();
}

/** Throws an EstimationError (UNSUPPORTED) that names every operator which cannot be read, with its first node. */
export function checkOperators(nodes: readonly OnnxNode[]): void {
  const unknown = new Map<string, OnnxNode>();
  for (const node of withBodies(nodes)) {
    const known = node.domain === '' && (node.opType in rules || node.opType in foldRules);
    if (!known && !unknown.has(node.opType)) unknown.set(node.opType, node);
  }
  if (unknown.size === 0) return;
  const list = [...unknown.values()].map(describeNode).join(', ');
  throw new EstimationError(
    'UNSUPPORTED',
    `The ONNX file has nodes that cannot be differentiated here: ${list}. Write the network with other operators there, or ` +
      'export the part of it without them.',
  );
}

/** All values, given those of the file's inputs and initialisers. Errors name the node in which they arise. */
export function translate(
  nodes: readonly OnnxNode[],
  known: ReadonlyMap<string, Value>,
  scope: TranslationScope,
): ReadonlyMap<string, Value> {
  const values = new Map(known);
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => (name === '' ? null : (values.get(name) ?? null)));
    const missing = node.inputs.find((name) => name !== '' && !values.has(name));
    if (missing !== undefined) {
      throw new EstimationError(
        'BAD_FILE',
        `${describeNode(node)}: its input "${missing}" is not made by any node and not stored in the file. Export it again.`,
      );
    }
    const translation = new NodeTranslation(scope, node, inputs, (inner, given) => translate(inner, given, scope));
    const results = apply(translation, inputs);
    node.outputs.forEach((name, position) => {
      const result = results[position];
      if (result) values.set(name, result);
    });
  }
  return values;
}

/** Throws an EstimationError (UNSUPPORTED) for an output that is known without the inputs. */
export function outputOf(values: ReadonlyMap<string, Value>, output: string): Node {
  const result = values.get(output);
  if (!result || !isNode(result)) {
    throw new EstimationError('UNSUPPORTED', `Output "${output}" of the ONNX file does not depend on its input.`);
  }
  return result;
}

function apply(node: NodeTranslation, inputs: readonly (Value | null)[]): readonly Value[] {
  const { opType } = node.onnx;
  const fold = inputs.every((value) => value === null || !isNode(value)) ? foldRules[opType] : undefined;
  const rule = fold ?? rules[opType];
  if (!rule) throw node.failure('UNSUPPORTED', 'it can only be computed from fixed values, but depends on the data');
  try {
    const result = rule(node);
    return Array.isArray(result) ? (result as readonly Value[]) : [result as Value];
  } catch (error) {
    if (!(error instanceof EstimationError) || error.message.startsWith(describeNode(node.onnx))) throw error;
    throw new EstimationError(error.code, `${describeNode(node.onnx)}: ${error.message}`, { cause: error });
  }
}
