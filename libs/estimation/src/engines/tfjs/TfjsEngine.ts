/** TensorFlow.js: runs a graph on the kernels of whichever backend is registered. float32 only. */
import * as tf from '@tensorflow/tfjs-core';
import { EstimationError } from '../../error/EstimationError.ts';
import { topologicalOrder, type Graph, type Node } from '../../graph/Node.ts';
import { opNamed } from '../../ops/registry.ts';
import type { Engine, EngineName, Program, TensorData, Tensors } from '../Engine.ts';
import { checkFeeds, inputsOf } from '../feeds.ts';
import type { FlatRun } from '../FlatPass.ts';
import { runOnTensors } from '../flatRun.ts';

class TfjsProgram implements Program {
  private readonly graph: Graph;
  private readonly order: readonly Node[];
  private readonly inputs: ReadonlyMap<string, Node>;
  private readonly engine: EngineName;
  private readonly constants: Tensors;
  private readonly bound = new Map<string, tf.Tensor>();

  constructor(graph: Graph, engine: EngineName, constants: Tensors) {
    this.graph = graph;
    this.engine = engine;
    this.constants = constants;
    this.order = topologicalOrder(Object.values(graph.outputs));
    this.inputs = inputsOf(graph);
    this.holdAll(constants);
  }

  async run(feeds: Tensors): Promise<Tensors> {
    const outputs = this.execute(feeds);
    try {
      const read = Object.entries(outputs).map(async ([name, tensor]) => {
        const data = (await tensor.data()) as Float32Array;
        return [name, { shape: tensor.shape, data: Float32Array.from(data) }] as const;
      });
      return Object.fromEntries(await Promise.all(read));
    } finally {
      tf.dispose(outputs);
    }
  }

  runFlat(run: FlatRun): Promise<void> {
    return runOnTensors(run, (feeds) => this.run(feeds));
  }

  bind(feeds: Tensors): Promise<void> {
    this.holdAll(feeds);
    return Promise.resolve();
  }

  computeResiduals(target: Program, feeds: Tensors): Promise<void> {
    if (!(target instanceof TfjsProgram)) {
      throw new EstimationError('BAD_OPTION', 'computeResiduals: target must be a program of the same engine.');
    }
    for (const [name, tensor] of Object.entries(this.execute(feeds))) target.hold(name, tensor);
    return Promise.resolve();
  }

  share(): Promise<Program> {
    return Promise.resolve(new TfjsProgram(this.graph, this.engine, this.constants));
  }

  release(): Promise<void> {
    tf.dispose([...this.bound.values()]);
    this.bound.clear();
    return Promise.resolve();
  }

  private holdAll(feeds: Tensors): void {
    const held = Object.fromEntries(Object.entries(feeds).filter(([name]) => this.inputs.has(name)));
    checkFeeds(new Map([...this.inputs].filter(([name]) => name in held)), held, 'float32');
    for (const [name, feed] of Object.entries(held)) this.hold(name, toTensor(feed));
  }

  private hold(name: string, tensor: tf.Tensor): void {
    this.bound.get(name)?.dispose();
    this.bound.set(name, tensor);
  }

  private execute(feeds: Tensors): Record<string, tf.Tensor> {
    checkFeeds(new Map([...this.inputs].filter(([name]) => !this.bound.has(name) || name in feeds)), feeds, 'float32');
    try {
      return tf.tidy(() => {
        const values = new Map<number, tf.Tensor>();
        for (const node of this.order) values.set(node.id, this.evaluate(node, values, feeds));
        const outputs: Record<string, tf.Tensor> = {};
        for (const [name, node] of Object.entries(this.graph.outputs)) outputs[name] = tf.clone(valueOf(values, node));
        return outputs;
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new EstimationError('ENGINE_FAILED', `Engine ${this.engine} failed: ${why}`, { cause: error });
    }
  }

  private evaluate(node: Node, values: ReadonlyMap<number, tf.Tensor>, feeds: Tensors): tf.Tensor {
    if (node.op === 'constant') {
      return tf.tensor([...(node.values ?? [])], [...node.shape], node.type === 'int' ? 'int32' : 'float32');
    }
    if (node.op !== 'input') {
      const operands = node.operands.map((operand) => valueOf(values, operand));
      return opNamed(node.op).tfjs(tf, node, operands);
    }
    const name = node.name ?? '';
    const feed = feeds[name];
    const bound = this.bound.get(name);
    if (feed) return toTensor(feed);
    if (bound) return bound;
    throw new EstimationError('SHAPE', `Input "${name}" was not fed.`);
  }
}

function valueOf(values: ReadonlyMap<number, tf.Tensor>, node: Node): tf.Tensor {
  const value = values.get(node.id);
  if (!value) throw new EstimationError('UNSUPPORTED', `Node ${node.id} (${node.op}) was used before it was computed.`);
  return value;
}

function toTensor({ shape, data }: TensorData): tf.Tensor {
  if (data instanceof Float64Array) throw new EstimationError('UNSUPPORTED', 'TensorFlow.js has no float64.');
  return tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');
}

/** An engine on the TensorFlow.js backend that `activate` has made current. */
export class TfjsEngine implements Engine {
  readonly name: EngineName;
  readonly precision = 'float32';
  readonly lanes = 1;
  readonly ownsResiduals = false;
  private readonly backend: string;

  constructor(name: EngineName, backend: string) {
    this.name = name;
    this.backend = backend;
  }

  async compile(graph: Graph, constants: Tensors = {}): Promise<Program> {
    if (!(await tf.setBackend(this.backend))) {
      throw new EstimationError('ENGINE_UNAVAILABLE', `TensorFlow.js could not start its backend "${this.backend}".`);
    }
    return new TfjsProgram(graph, this.name, constants);
  }

  split(): readonly Engine[] {
    return [this];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
