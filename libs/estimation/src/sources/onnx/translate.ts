/** Builds the graph of an ONNX file, node by node: what is known now is computed now, the rest becomes ops. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Node } from '../../graph/Node.ts';
import { foldRules } from './fold/foldRules.ts';
import { NodeTranslation, Sequence, type TranslationScope } from './NodeTranslation.ts';
import { givesBooleans } from './booleans.ts';
import { withBodies } from './captures.ts';
import { describeNode, type OnnxGraph, type OnnxNode } from './OnnxGraph.ts';
import { rules } from './rules/rules.ts';
import { adviceFor } from './unsupported.ts';
import { integers, isNode, type Value } from './Value.ts';

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

/**
 * Throws an EstimationError (UNSUPPORTED) that names every operator without rules, with its first node, whether it stands between
 * parameters and output, and what to export instead.
 */
export function checkOperators(nodes: readonly OnnxNode[], initialisers: OnnxGraph['initialisers']): void {
  const all = withBodies(nodes);
  const unknown = new Map<string, OnnxNode>();
  for (const node of all) {
    const known = node.domain === '' && (node.opType in rules || node.opType in foldRules);
    if (!known && !unknown.has(node.opType)) unknown.set(node.opType, node);
  }
  if (unknown.size === 0) return;
  const learned = dependingOn(all, (name) => initialisers.get(name)?.tensor.type === 'float');
  const list = [...unknown.values()].map((node) => {
    const where = node.inputs.some((name) => learned.has(name))
      ? 'between the parameters and the output'
      : 'computed from the data alone, so that its result can be an input of the network';
    return `${describeNode(node)} (${where}): ${adviceFor(node)}.`;
  });
  throw new EstimationError('UNSUPPORTED', `The ONNX file has nodes without derivative rules. ${list.join(' ')}`);
}

/** Names of the values that begin with the given ones, or depend on them. */
function dependingOn(nodes: readonly OnnxNode[], isFirst: (name: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (const { inputs, outputs } of nodes) {
    for (const name of inputs) if (isFirst(name)) found.add(name);
    if (inputs.some((name) => found.has(name))) for (const name of outputs) found.add(name);
  }
  return found;
}

/** All values, given those of the file's inputs and initialisers. Errors name the node in which they arise. */
export function translate(
  nodes: readonly OnnxNode[],
  known: ReadonlyMap<string, Value>,
  scope: TranslationScope,
): ReadonlyMap<string, Value> {
  return run(nodes, known, { ...scope, booleans: new Set(), sequences: new Map() });
}

interface RunScope extends TranslationScope {
  /** Names of the values that are booleans. */
  readonly booleans: Set<string>;
  readonly sequences: Map<string, Sequence>;
}

function run(
  nodes: readonly OnnxNode[],
  known: ReadonlyMap<string, Value>,
  scope: RunScope,
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
    const isBoolean = (position: number): boolean => {
      const value = inputs[position];
      return value ? (isNode(value) ? scope.booleans.has(node.inputs[position] ?? '') : value.type === 'bool') : false;
    };
    const translation = new NodeTranslation(scope, node, inputs, {
      run: (inner, given) => run(inner, given, scope),
      isBoolean,
      sequence: (position) => scope.sequences.get(node.inputs[position] ?? '')?.items ?? null,
    });
    const results = apply(translation, inputs);
    if (results instanceof Sequence) {
      const [name = ''] = node.outputs;
      scope.sequences.set(name, results);
      // Known by its length to nodes that only ask whether it is there.
      values.set(name, integers([results.items.length], []));
      continue;
    }
    const areBooleans = givesBooleans(node, isBoolean);
    node.outputs.forEach((name, position) => {
      const result = results[position];
      if (!result) return;
      values.set(name, result);
      if (areBooleans) scope.booleans.add(name);
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

function apply(node: NodeTranslation, inputs: readonly (Value | null)[]): readonly Value[] | Sequence {
  const { opType } = node.onnx;
  const fold = inputs.every((value) => value === null || !isNode(value)) ? foldRules[opType] : undefined;
  const rule = fold ?? rules[opType];
  if (!rule)
    throw node.failure(
      'UNSUPPORTED',
      'it is supported for values that are fixed, but its inputs depend on the data or on parameters. Export the network with ' +
        'fixed shapes and masks, or give its result as an input',
    );
  try {
    const result = rule(node);
    if (result instanceof Sequence) return result;
    return Array.isArray(result) ? (result as readonly Value[]) : [result as Value];
  } catch (error) {
    if (!(error instanceof EstimationError) || error.message.startsWith(describeNode(node.onnx))) throw error;
    throw new EstimationError(error.code, `${describeNode(node.onnx)}: ${error.message}`, { cause: error });
  }
}
