/** From the bytes of an ONNX file to its graph. */
import onnxProto from 'onnx-proto';
import { EstimationError } from '../../error/EstimationError.ts';
import { shortestDecimal } from './decimal.ts';
import { withCaptures } from './captures.ts';
import { withoutCalls } from './functions.ts';
import type { Initialiser, OnnxAttribute, OnnxBody, OnnxGraph, OnnxInput, OnnxNode } from './OnnxGraph.ts';
import { readAnnotations } from './origin/annotations.ts';
import { elementTypeOf, readTensor, reducedPrecisionOf, toNumber, type ExternalData } from './tensor.ts';
import { inOrder } from './topology.ts';
import type { Constant } from './Value.ts';

const { AttributeProto, ModelProto } = onnxProto.onnx;

/** Supported opsets; in others, attributes of operators have become inputs or the reverse. */
export const newestOpset = 28;
const opsets = { oldest: 9, newest: newestOpset } as const;

/** Throws an EstimationError: BAD_FILE for bytes that are no ONNX model, UNSUPPORTED for an opset or a tensor type. */
export function decodeOnnx(bytes: Uint8Array, external: ExternalData): OnnxGraph {
  const model = decodeModel(bytes);
  const { graph } = model;
  if (!graph || (graph.node ?? []).length === 0) {
    throw new EstimationError('BAD_FILE', 'This is not an ONNX model: it has no graph.');
  }
  const opset = opsetOf(model);
  const initialisers = new Map<string, Initialiser>();
  for (const proto of graph.initializer ?? []) {
    const storedAs = reducedPrecisionOf(proto.dataType ?? 0);
    const tensor = readTensor(proto, external);
    initialisers.set(proto.name ?? '', { tensor, fromNode: false, ...(storedAs && { storedAs }) });
  }
  const nodes = inOrder(readNodes(withoutCalls(model, graph.node ?? []), initialisers, external));
  return {
    opset,
    producer: model.producerName ?? '',
    properties: new Map((model.metadataProps ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
    annotations: readAnnotations(bytes),
    inputs: (graph.input ?? []).filter(({ name }) => !initialisers.has(name ?? '')).map(readInput),
    initialisers,
    nodes,
    outputs: (graph.output ?? []).map(({ name }) => name ?? ''),
  };
}

function decodeModel(bytes: Uint8Array): onnxProto.onnx.ModelProto {
  try {
    return ModelProto.decode(bytes);
  } catch (cause) {
    throw new EstimationError('BAD_FILE', 'This is not an ONNX model: its bytes are no ONNX protocol buffer.', {
      cause,
    });
  }
}

function opsetOf({ opsetImport }: onnxProto.onnx.ModelProto): number {
  const own = (opsetImport ?? []).find(({ domain }) => !domain || domain === 'ai.onnx');
  const opset = toNumber(own?.version);
  if (opset < opsets.oldest || opset > opsets.newest) {
    const range = `${opsets.oldest} to ${opsets.newest}`;
    throw new EstimationError(
      'UNSUPPORTED',
      `The ONNX file: expected an opset of ${range}, got ${opset}. Export the model again with opset_version=18.`,
    );
  }
  return opset;
}

function readInput({ name, type }: onnxProto.onnx.IValueInfoProto): OnnxInput {
  const dataType = type?.tensorType?.elemType ?? 0;
  const element = elementTypeOf(dataType);
  if (element === null) {
    throw new EstimationError('UNSUPPORTED', `Input "${name}" of the ONNX file must hold numbers (type ${dataType}).`);
  }
  const dims = type?.tensorType?.shape?.dim ?? [];
  const shape = dims.map(({ dimValue }) => (toNumber(dimValue) > 0 ? toNumber(dimValue) : null));
  return { name: name ?? '', type: element, shape };
}

/** The nodes of a graph; its Constant nodes go to the initialisers. */
function readNodes(
  protos: readonly onnxProto.onnx.INodeProto[],
  initialisers: Map<string, Initialiser>,
  external: ExternalData,
): OnnxNode[] {
  return protos.flatMap((proto) => {
    const node = readNode(proto, initialisers, external);
    const value = node.opType === 'Constant' ? constantOf(node) : null;
    if (!value) return [node];
    initialisers.set(node.outputs[0] ?? '', { tensor: value, fromNode: true });
    return [];
  });
}

function readNode(
  proto: onnxProto.onnx.INodeProto,
  initialisers: Map<string, Initialiser>,
  external: ExternalData,
): OnnxNode {
  const attributes = new Map<string, OnnxAttribute>();
  const bodies = new Map<string, OnnxBody>();
  for (const attribute of proto.attribute ?? []) {
    const name = attribute.name ?? '';
    if (attribute.g) bodies.set(name, readBody(attribute.g, initialisers, external));
    const value = readAttribute(attribute, external);
    if (value !== null) attributes.set(name, value);
  }
  const node = {
    name: proto.name ?? '',
    opType: proto.opType ?? '',
    domain: proto.domain === 'ai.onnx' ? '' : (proto.domain ?? ''),
    inputs: proto.input ?? [],
    outputs: proto.output ?? [],
    attributes,
  };
  return bodies.size === 0 ? node : withCaptures(node, bodies);
}

/** A name that two bodies give to different values is given anew in the second, so that all values can stand in one place. */
function readBody(
  graph: onnxProto.onnx.IGraphProto,
  initialisers: Map<string, Initialiser>,
  external: ExternalData,
): OnnxBody {
  const own = new Map<string, Initialiser>();
  for (const proto of graph.initializer ?? []) {
    own.set(proto.name ?? '', { tensor: readTensor(proto, external), fromNode: false });
  }
  const body = {
    nodes: readNodes(graph.node ?? [], own, external),
    inputs: (graph.input ?? []).map(({ name }) => name ?? ''),
    outputs: (graph.output ?? []).map(({ name }) => name ?? ''),
  };
  const renamed = new Map<string, string>();
  for (const [name, initialiser] of own) {
    let free = name;
    for (let copy = 2; initialisers.has(free); copy++) free = `${name} (${copy})`;
    initialisers.set(free, initialiser);
    if (free !== name) renamed.set(name, free);
  }
  const other = (name: string): string => renamed.get(name) ?? name;
  return {
    ...body,
    nodes: body.nodes.map((node) => ({ ...node, inputs: node.inputs.map(other) })),
    outputs: body.outputs.map(other),
  };
}

/** null for what is no plain value: graphs, types, sparse tensors. */
function readAttribute(attribute: onnxProto.onnx.IAttributeProto, external: ExternalData): OnnxAttribute | null {
  const { AttributeType } = AttributeProto;
  switch (attribute.type) {
    case AttributeType.FLOAT:
      return shortestDecimal(attribute.f ?? 0);
    case AttributeType.INT:
      return toNumber(attribute.i);
    case AttributeType.STRING:
      return new TextDecoder().decode(attribute.s ?? new Uint8Array());
    case AttributeType.FLOATS:
      return (attribute.floats ?? []).map(shortestDecimal);
    case AttributeType.INTS:
      return (attribute.ints ?? []).map(toNumber);
    case AttributeType.STRINGS:
      return (attribute.strings ?? []).map((text) => new TextDecoder().decode(text));
    case AttributeType.TENSOR:
      return attribute.t ? readTensor(attribute.t, external) : null;
    default:
      return null;
  }
}

/** The value of a Constant node, in any of the forms that it may be written in. */
function constantOf({ attributes }: OnnxNode): Constant | null {
  const [entry] = attributes;
  if (!entry) return null;
  const [name, value] = entry;
  const type = name.includes('int') ? 'int' : 'float';
  if (typeof value === 'number') return { shape: [], type, values: Float64Array.of(value) };
  if (typeof value === 'string') return null;
  return 'values' in value && 'type' in value
    ? value
    : { shape: [(value as readonly number[]).length], type, values: Float64Array.from(value as readonly number[]) };
}
