/** Small ONNX files written by hand, for what no exporter is known to write or should write. */
import onnxProto from 'onnx-proto';
import type { Shape } from '../graph/Node.ts';

const { AttributeProto, ModelProto, NodeProto, TensorProto, ValueInfoProto } = onnxProto.onnx;

export interface HandNode {
  readonly op: string;
  readonly name?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly integers?: Readonly<Record<string, number | readonly number[]>>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly domain?: string;
}

export interface HandModel {
  readonly opset?: number;
  /** null: left open. */
  readonly input: readonly (number | null)[];
  readonly weights?: Readonly<Record<string, { readonly shape: Shape; readonly values: readonly number[] }>>;
  /** Inputs of int64 beside `x`. */
  readonly indices?: Readonly<Record<string, readonly (number | null)[]>>;
  /** `metadata_props` of the model. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly producer?: string;
  /** Default: that of the last node. */
  readonly outputs?: readonly string[];
  /** int64 vectors. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  /** Tensors in files next to the model, by location. */
  readonly external?: Readonly<Record<string, { readonly shape: Shape; readonly location: string }>>;
  /** The last one makes the output `y`; the input is `x`. */
  readonly nodes: readonly HandNode[];
}

function attributes({ integers = {}, texts = {} }: HandNode): onnxProto.onnx.IAttributeProto[] {
  const { INT, INTS, STRING } = AttributeProto.AttributeType;
  const numbers = Object.entries(integers).map(([name, value]) =>
    typeof value === 'number' ? { name, i: value, type: INT } : { name, ints: [...value], type: INTS },
  );
  const strings = Object.entries(texts).map(([name, value]) => ({ name, s: Buffer.from(value), type: STRING }));
  return [...numbers, ...strings];
}

function declared(name: string, elemType: number, shape: readonly (number | null)[]): onnxProto.onnx.ValueInfoProto {
  const dim = shape.map((length) => (length === null ? { dimParam: 'any' } : { dimValue: length }));
  return ValueInfoProto.create({ name, type: { tensorType: { elemType, shape: { dim } } } });
}

export function onnxModel({
  opset = 17,
  input,
  nodes,
  indices = {},
  properties = {},
  producer = '',
  outputs = [nodes.at(-1)?.outputs[0] ?? ''],
  ...tensors
}: HandModel): Uint8Array {
  const { FLOAT, INT64 } = TensorProto.DataType;
  const floats = Object.entries(tensors.weights ?? {}).map(([name, { shape, values }]) =>
    TensorProto.create({ name, dataType: FLOAT, dims: [...shape], floatData: [...values] }),
  );
  const shapes = Object.entries(tensors.shapes ?? {}).map(([name, values]) =>
    TensorProto.create({ name, dataType: INT64, dims: [values.length], int64Data: [...values] }),
  );
  const outside = Object.entries(tensors.external ?? {}).map(([name, { shape, location }]) =>
    TensorProto.create({
      name,
      dataType: FLOAT,
      dims: [...shape],
      dataLocation: TensorProto.DataLocation.EXTERNAL,
      externalData: [{ key: 'location', value: location }],
    }),
  );
  const model = ModelProto.create({
    irVersion: 8,
    producerName: producer,
    metadataProps: Object.entries(properties).map(([key, value]) => ({ key, value })),
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'by hand',
      input: [
        declared('x', FLOAT, input),
        ...Object.entries(indices).map(([name, shape]) => declared(name, INT64, shape)),
      ],
      output: outputs.map((name) => ({ name })),
      initializer: [...floats, ...shapes, ...outside],
      node: nodes.map((node) => {
        const { op, name = op, inputs, outputs, domain = '' } = node;
        return NodeProto.create({
          opType: op,
          name,
          domain,
          input: [...inputs],
          output: [...outputs],
          attribute: attributes(node),
        });
      }),
    },
  });
  return ModelProto.encode(model).finish();
}
