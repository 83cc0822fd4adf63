/**
 * What PyTorch's newer exporter notes beside the graph (`metadata_props` of graph, values and nodes): fields that are younger than the
 * protocol buffer definitions of onnx-proto, so they are read from the wire format (protobuf.dev/programming-guides/encoding).
 */

type Properties = ReadonlyMap<string, string>;

export interface Annotations {
  readonly graph: Properties;
  /** By the name of the value. */
  readonly values: ReadonlyMap<string, Properties>;
  /** By the name of the node's first output. */
  readonly nodes: ReadonlyMap<string, Properties>;
}

interface Field {
  readonly number: number;
  /** Of a length-delimited field; empty for numbers. */
  readonly bytes: Uint8Array;
}

const wire = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

/** Ends at the first byte that is no field: the file itself was decoded, and checked, before. */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case wire.varint:
        varint();
        break;
      case wire.fixed64:
        at += 8;
        break;
      case wire.fixed32:
        at += 4;
        break;
      case wire.delimited: {
        const length = varint();
        yield { number, bytes: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      default:
        return;
    }
  }
}

const decoder = new TextDecoder();

function texts(fields: readonly Field[], number: number): string[] {
  return fields.filter((field) => field.number === number).map(({ bytes }) => decoder.decode(bytes));
}

function propertiesOf(fields: readonly Field[], number: number): Properties {
  const entries = fields.filter((field) => field.number === number).map(({ bytes }) => [...fieldsOf(bytes)]);
  return new Map(entries.map((entry) => [texts(entry, 1)[0] ?? '', texts(entry, 2)[0] ?? '']));
}

/** Field numbers of onnx.proto. */
const numbers = {
  modelGraph: 7,
  graph: { node: 1, valueInfo: 13, properties: 16 },
  node: { output: 2, properties: 9 },
  value: { name: 1, properties: 4 },
} as const;

/** Of the bytes of a whole model. */
export function readAnnotations(model: Uint8Array): Annotations {
  const values = new Map<string, Properties>();
  const nodes = new Map<string, Properties>();
  const graph = [...fieldsOf(model)].find(({ number }) => number === numbers.modelGraph);
  const fields = graph ? [...fieldsOf(graph.bytes)] : [];
  for (const { number, bytes } of fields) {
    if (number === numbers.graph.valueInfo) {
      const value = [...fieldsOf(bytes)];
      values.set(texts(value, numbers.value.name)[0] ?? '', propertiesOf(value, numbers.value.properties));
    }
    if (number === numbers.graph.node) {
      const node = [...fieldsOf(bytes)];
      nodes.set(texts(node, numbers.node.output)[0] ?? '', propertiesOf(node, numbers.node.properties));
    }
  }
  return { graph: propertiesOf(fields, numbers.graph.properties), values, nodes };
}
