/** Writes a graph as an ONNX model (opset 18), one `emit` call per ONNX node. */
import type { Precision } from '@ritz/lanczos';
import onnxProto from 'onnx-proto';
import { emissionOrder } from '../../graph/executionOrder.ts';
import type { Graph, Node, Shape } from '../../graph/Node.ts';
import type { AttributeInput, Emitter } from '../../ops/Emitter.ts';
import { opNamed } from '../../ops/registry.ts';
import type { Tensors } from '../Engine.ts';
import type { Provider } from './protocol.ts';
import { sumsInBlocks } from './sumsInBlocks.ts';

const { AttributeProto, ModelProto, NodeProto, TensorProto, TensorShapeProto, ValueInfoProto } = onnxProto.onnx;
type IAttributeProto = onnxProto.onnx.IAttributeProto;

const opset = 18;
const irVersion = 9;
/** ONNX Runtime's own domain of kernels for images whose channels lie in blocks. */
const blockedDomain = 'com.microsoft.nchwc';

function attribute(name: string, value: AttributeInput): IAttributeProto {
  if (typeof value === 'number')
    return AttributeProto.create({ name, i: value, type: AttributeProto.AttributeType.INT });
  if (typeof value === 'string') {
    return AttributeProto.create({
      name,
      s: new TextEncoder().encode(value),
      type: AttributeProto.AttributeType.STRING,
    });
  }
  return AttributeProto.create({ name, ints: [...value], type: AttributeProto.AttributeType.INTS });
}

/** What the model will run on. */
export interface Target {
  readonly provider: Provider;
  readonly precision: Precision;
  /** Channels in a block of the layout NCHWc; null where its kernels are not there. */
  readonly channelBlock: number | null;
}

export class OnnxEmitter implements Emitter {
  private nodes: onnxProto.onnx.INodeProto[] = [];
  /** Results of convolutions in blocks of channels. */
  private readonly blocked = new Map<string, Shape>();
  private readonly initialisers = new Map<string, onnxProto.onnx.ITensorProto>();
  private readonly target: Target;
  private count = 0;

  constructor(target: Target) {
    this.target = target;
  }

  get isDouble(): boolean {
    return this.target.precision === 'float64';
  }

  get isWebGpu(): boolean {
    return this.target.provider === 'webgpu';
  }

  get channelBlock(): number | null {
    return this.target.channelBlock;
  }

  node(opType: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeInput>> = {}): string {
    return this.nodeOf('', opType, inputs, attributes);
  }

  secondOutput(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeInput>>,
  ): string {
    const made = this.made('', opType, inputs, attributes);
    this.nodes.push({ ...made, output: [`${made.name} first`, made.name] });
    return made.name;
  }

  intoBlocks(images: string): string {
    return this.nodeOf(blockedDomain, 'ReorderInput', [images], {});
  }

  outOfBlocks(images: string, channels: number): string {
    return this.nodeOf(blockedDomain, 'ReorderOutput', [images], { channels });
  }

  blockedConvolution(
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeInput>>,
    shape: Shape,
  ): string {
    const result = this.nodeOf(blockedDomain, 'Conv', inputs, attributes);
    this.blocked.set(result, shape);
    return result;
  }

  private nodeOf(
    domain: string,
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeInput>>,
  ): string {
    const made = this.made(domain, opType, inputs, attributes);
    this.nodes.push(made);
    return made.name;
  }

  private made(
    domain: string,
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeInput>> = {},
  ): onnxProto.onnx.NodeProto {
    const output = `t${this.count++}`;
    return NodeProto.create({
      domain,
      opType,
      name: output,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
  }

  scalar(value: number): string {
    return this.floats([value], []);
  }

  floats(values: readonly number[], shape: Shape = [values.length]): string {
    const data = this.target.precision === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
    return this.initialiser(`f${shape.join('x')}:${values.join()}`, this.floatType, shape, data);
  }

  int32s(values: readonly number[], shape: Shape = [values.length]): string {
    const name = `n${shape.join('x')}:${values.join()}`;
    return this.initialiser(name, TensorProto.DataType.INT32, shape, Int32Array.from(values));
  }

  integers(values: readonly number[]): string {
    return this.initialiser(
      `i${values.join()}`,
      TensorProto.DataType.INT64,
      [values.length],
      BigInt64Array.from(values, BigInt),
    );
  }

  cast(name: string): string {
    return this.node('Cast', [name], { to: this.floatType });
  }

  castToInt32(name: string): string {
    return this.node('Cast', [name], { to: TensorProto.DataType.INT32 });
  }

  castToFloat32(name: string): string {
    return this.node('Cast', [name], { to: TensorProto.DataType.FLOAT });
  }

  castToBoolean(name: string): string {
    return this.node('Cast', [name], { to: TensorProto.DataType.BOOL });
  }

  /** The serialised model of a graph; inputs named in `constants` become initialisers, so that the optimiser can use them. */
  static model(graph: Graph, target: Target, constants: Tensors = {}): Uint8Array {
    const emit = new OnnxEmitter(target);
    const names = new Map<number, string>();
    const inputs: onnxProto.onnx.IValueInfoProto[] = [];
    for (const node of emissionOrder(graph)) {
      names.set(node.id, emit.lower(node, names, inputs, constants));
    }
    const given = new Set(Object.values(graph.outputs).map(({ id }) => names.get(id) ?? ''));
    emit.nodes = sumsInBlocks(emit.nodes, emit.blocked, given, (value, shape) =>
      emit.made('', 'Reshape', [value, emit.integers(shape)]),
    );
    const computed = new Set(emit.nodes.flatMap(({ output }) => output ?? []));
    const renamed = new Map<string, string>();
    const outputs = Object.entries(graph.outputs).map(([name, node]) => {
      emit.nameOutput(names.get(node.id) ?? '', name, computed, renamed);
      return emit.valueInfo(name, node);
    });
    emit.rename(renamed);
    return emit.serialised(inputs, outputs);
  }

  /** A model that reorders `images` of a shape [N, C, H, W] into blocks of channels, `reordered`. */
  static reordering(shape: Shape): Uint8Array {
    const emit = new OnnxEmitter({ provider: 'cpu', precision: 'float32', channelBlock: null });
    const reordered = emit.intoBlocks('images');
    emit.rename(new Map([[reordered, 'reordered']]));
    const value = { shape, type: 'float' } as const;
    return emit.serialised([emit.valueInfo('images', value)], [emit.valueInfo('reordered', value)]);
  }

  private serialised(input: onnxProto.onnx.IValueInfoProto[], output: onnxProto.onnx.IValueInfoProto[]): Uint8Array {
    const blocked = this.nodes.some(({ domain }) => domain === blockedDomain);
    const model = ModelProto.create({
      irVersion,
      opsetImport: [{ domain: '', version: opset }, ...(blocked ? [{ domain: blockedDomain, version: 1 }] : [])],
      producerName: 'ritz',
      graph: { name: 'ritz', node: this.nodes, initializer: [...this.initialisers.values()], input, output },
    });
    return ModelProto.encode(model).finish();
  }

  /**
   * A computed value gets the output's name itself: an Identity in between makes the optimiser of ONNX Runtime 1.30 lose a value
   * that is an output and also enters a product with a transposed matrix ("Node input … is not … output of a previous node").
   * Only inputs, constants and second names of one value need the Identity.
   */
  private nameOutput(value: string, output: string, computed: ReadonlySet<string>, renamed: Map<string, string>): void {
    if (computed.has(value) && !renamed.has(value)) renamed.set(value, output);
    else this.nodes.push(NodeProto.create({ opType: 'Identity', input: [value], output: [output] }));
  }

  private rename(renamed: ReadonlyMap<string, string>): void {
    for (const node of this.nodes) {
      node.input = node.input?.map((name) => renamed.get(name) ?? name) ?? [];
      node.output = node.output?.map((name) => renamed.get(name) ?? name) ?? [];
    }
  }

  private lower(
    node: Node,
    names: ReadonlyMap<number, string>,
    inputs: onnxProto.onnx.IValueInfoProto[],
    constants: Tensors,
  ): string {
    if (node.op === 'input') {
      const name = node.name ?? '';
      const { data } = constants[name] ?? {};
      if (data)
        return this.initialiser(
          name,
          node.type === 'int' ? TensorProto.DataType.INT32 : this.floatType,
          node.shape,
          data,
        );
      inputs.push(this.valueInfo(name, node));
      return name;
    }
    if (node.op === 'constant') {
      const values = node.values ?? [];
      return node.type === 'int' ? this.int32s(values, node.shape) : this.floats(values, node.shape);
    }
    return opNamed(node.op).onnx(
      this,
      node,
      node.operands.map((operand) => names.get(operand.id) ?? ''),
    );
  }

  private get floatType(): number {
    return this.target.precision === 'float64' ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
  }

  private initialiser(name: string, dataType: number, shape: Shape, data: ArrayBufferView): string {
    if (!this.initialisers.has(name)) {
      const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      this.initialisers.set(name, TensorProto.create({ name, dataType, dims: [...shape], rawData }));
    }
    return name;
  }

  private valueInfo(name: string, { shape, type }: Pick<Node, 'shape' | 'type'>): onnxProto.onnx.IValueInfoProto {
    const elemType = type === 'int' ? TensorProto.DataType.INT32 : this.floatType;
    const dim = shape.map((length) => TensorShapeProto.Dimension.create({ dimValue: length }));
    return ValueInfoProto.create({ name, type: { tensorType: { elemType, shape: { dim } } } });
  }
}
