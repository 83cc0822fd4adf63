/** Functions of a file, which some exporters wrap modules and operators in: their nodes take the place of each call. */
import onnxProto from 'onnx-proto';
import { EstimationError } from '../../error/EstimationError.ts';
import { toNumber } from './tensor.ts';

const { AttributeProto, GraphProto, NodeProto } = onnxProto.onnx;
type INode = onnxProto.onnx.INodeProto;
type IFunction = onnxProto.onnx.IFunctionProto;
type IAttribute = onnxProto.onnx.IAttributeProto;

type Rename = (name: string) => string;

function keyOf(domain: string | null | undefined, name: string | null | undefined): string {
  return `${domain ?? ''}:${name ?? ''}`;
}

/** With other names for the values inside, bodies included. */
function renamed(node: INode, rename: Rename, attributes: readonly IAttribute[]): INode {
  const inside = (name: string): string => (name === '' ? '' : rename(name));
  return NodeProto.create({
    ...node,
    name: rename(node.name ?? ''),
    input: (node.input ?? []).map(inside),
    output: (node.output ?? []).map(inside),
    attribute: attributes.map((attribute) =>
      attribute.g ? { ...attribute, g: renamedGraph(attribute.g, rename) } : attribute,
    ),
  });
}

function renamedGraph(graph: onnxProto.onnx.IGraphProto, rename: Rename): onnxProto.onnx.IGraphProto {
  const named = <T extends { name?: string | null }>(values: T[] | null | undefined): T[] =>
    (values ?? []).map((value) => ({ ...value, name: rename(value.name ?? '') }));
  return GraphProto.create({
    ...graph,
    input: named(graph.input),
    output: named(graph.output),
    initializer: named(graph.initializer),
    node: (graph.node ?? []).map((node) => renamed(node, rename, node.attribute ?? [])),
  });
}

/** Attributes of a node inside a function: those that refer to the function's own have the call's values. */
function attributesIn(node: INode, call: INode, definition: IFunction): IAttribute[] {
  return (node.attribute ?? []).flatMap((attribute) => {
    const reference = attribute.refAttrName ?? '';
    if (reference === '') return [attribute];
    const value = call.attribute?.find(({ name }) => name === reference);
    if (value) return [AttributeProto.create({ ...value, name: attribute.name ?? '' })];
    // Without a default of the function the operator's own holds; defaults of functions are not among what the decoder knows.
    if (definition.attribute?.includes(reference)) return [];
    const where = `function "${definition.name ?? ''}"`;
    throw new EstimationError(
      'UNSUPPORTED',
      `The ONNX file: the default of attribute "${reference}" of ${where} is not supported. Export the model without functions.`,
    );
  });
}

/** The nodes of a call, with names of their own. */
function expanded(call: INode, definition: IFunction, number: number): INode[] {
  const prefix = `${call.name === '' || !call.name ? (definition.name ?? '') : call.name}#${number}`;
  const outside = new Map<string, string>();
  (definition.input ?? []).forEach((name, position) => outside.set(name, call.input?.[position] ?? ''));
  (definition.output ?? []).forEach((name, position) => {
    const given = call.output?.[position] ?? '';
    if (given !== '') outside.set(name, given);
  });
  const rename: Rename = (name) => outside.get(name) ?? `${prefix}/${name}`;
  return (definition.node ?? []).map((node) => renamed(node, rename, attributesIn(node, call, definition)));
}

function opsetOf(imports: onnxProto.onnx.IOperatorSetIdProto[] | null | undefined): number {
  return toNumber(imports?.find(({ domain }) => !domain || domain === 'ai.onnx')?.version);
}

/**
 * The nodes of the model's graph without calls of its functions. Throws an EstimationError: BAD_FILE for functions that call each other
 * without end, UNSUPPORTED for one of another opset than the model's.
 */
export function withoutCalls(model: onnxProto.onnx.ModelProto, nodes: readonly INode[], depth = 0): INode[] {
  const functions = new Map((model.functions ?? []).map((entry) => [keyOf(entry.domain, entry.name), entry]));
  if (functions.size === 0) return [...nodes];
  if (depth > functions.size) {
    throw new EstimationError('BAD_FILE', 'The ONNX file: functions call each other in a circle. Export it again.');
  }
  const opset = opsetOf(model.opsetImport);
  return nodes.flatMap((node, position) => {
    const definition = functions.get(keyOf(node.domain, node.opType));
    if (!definition) return [node];
    const own = opsetOf(definition.opsetImport);
    if (own !== 0 && own !== opset) {
      const given = `function "${definition.name ?? ''}" is of opset ${own}, the model of opset ${opset}`;
      throw new EstimationError('UNSUPPORTED', `The ONNX file: ${given}. Export both with one opset_version.`);
    }
    return withoutCalls(model, expanded(node, definition, position), depth + 1);
  });
}
