/** One node of an ONNX file on its way onto our graph: its inputs and attributes, and errors that name it. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { toFloat } from '../../ops/toFloat.ts';
import { toInt } from '../../ops/toInt.ts';
import { describeNode, type OnnxNode } from './OnnxGraph.ts';
import { isNode, type Constant, type Value } from './Value.ts';

export interface TranslationScope {
  readonly graph: GraphBuilder;
  readonly state: ModelState;
  /** What the model declares, by name. */
  readonly roles: ReadonlyMap<string, 'parameter' | 'buffer'>;
  readonly opset: number;
  /** N, the examples of this batch. */
  readonly examples: number;
  /** The number of examples that the file was exported for; null when it leaves that open. */
  readonly exportedExamples: number | null;
}

/** Computes the values of all tensors of some nodes, given those that they begin with. */
type RunNodes = (nodes: readonly OnnxNode[], known: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;

/** What a node asks of the graph around it. */
export interface Surroundings {
  readonly run: RunNodes;
  /** Whether an input holds booleans, which are floats of 0 and 1 here. */
  readonly isBoolean: (position: number) => boolean;
  /** The values of an input that is a sequence; null for one that is not. */
  readonly sequence: (position: number) => readonly Value[] | null;
}

/** Several values as one. */
export class Sequence {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** Translates one node; several values for a node of several outputs. */
export type Rule = (node: NodeTranslation) => Value | readonly Value[] | Sequence;
export type Rules = Readonly<Record<string, Rule>>;

export class NodeTranslation {
  readonly graph: GraphBuilder;
  readonly scope: TranslationScope;
  readonly onnx: OnnxNode;
  /** null where an optional input is left out. */
  private readonly values: readonly (Value | null)[];
  private readonly surroundings: Surroundings;

  constructor(scope: TranslationScope, onnx: OnnxNode, values: readonly (Value | null)[], surroundings: Surroundings) {
    this.graph = scope.graph;
    this.scope = scope;
    this.onnx = onnx;
    this.values = values;
    this.surroundings = surroundings;
  }

  isBoolean(position: number): boolean {
    return this.surroundings.isBoolean(position);
  }

  /** Throws an EstimationError (UNSUPPORTED) for an input that is not a sequence. */
  sequence(position: number): readonly Value[] {
    const items = this.surroundings.sequence(position);
    if (items) return items;
    throw this.failure('UNSUPPORTED', `expected its input ${position} to be a sequence made by this network`);
  }

  /** The outputs of a graph inside this node, given its inputs. */
  body(name: string, inputs: readonly Value[]): Value[] {
    const body = this.onnx.bodies?.get(name);
    if (!body) throw this.failure('BAD_FILE', `its graph "${name}" is missing`);
    const known = new Map<string, Value>();
    const captures = this.onnx.captures ?? [];
    captures.forEach((captured, position) => {
      const value = this.values[this.values.length - captures.length + position];
      if (value) known.set(captured, value);
    });
    body.inputs.forEach((input, position) => {
      const value = inputs[position];
      if (value) known.set(input, value);
    });
    const values = this.surroundings.run(body.nodes, known);
    return body.outputs.map((output) => {
      const value = values.get(output);
      if (!value) throw this.failure('BAD_FILE', `its graph "${name}" does not make its output "${output}"`);
      return value;
    });
  }

  /** Without what its bodies take from around them. */
  get inputCount(): number {
    return this.values.length - (this.onnx.captures?.length ?? 0);
  }

  has(position: number): boolean {
    return (this.values[position] ?? null) !== null;
  }

  /** Throws an EstimationError (BAD_FILE) when the input is missing. */
  value(position: number): Value {
    const value = this.values[position];
    if (!value) throw this.failure('BAD_FILE', `its input ${position} is missing`);
    return value;
  }

  /** The input as a node of the graph. */
  node(position: number): Node {
    return this.asNode(this.value(position));
  }

  asNode(value: Value): Node {
    if (isNode(value)) return value;
    return this.graph.constant([...value.values], value.shape, value.type === 'int' ? 'int' : 'float');
  }

  /** The input as floats: integers are converted, booleans are 0 and 1. */
  float(position: number): Node {
    return toFloat(this.graph, this.node(position));
  }

  /** All inputs that are given, as nodes. */
  nodes(): Node[] {
    return Array.from({ length: this.inputCount }, (_, position) => position)
      .filter((position) => this.has(position))
      .map((position) => this.node(position));
  }

  /** A result in the type of some inputs: integers where all of them are. */
  typedAs(result: Node, ...positions: readonly number[]): Node {
    const integers = positions.every((position) => this.value(position).type === 'int');
    return integers ? toInt(this.graph, result) : result;
  }

  /** The input as numbers known now; throws an EstimationError (UNSUPPORTED) when they depend on the data or on parameters. */
  constant(position: number): Constant {
    const value = this.value(position);
    if (isNode(value)) {
      const input = `its input ${position} ("${this.onnx.inputs[position]}")`;
      throw this.failure('UNSUPPORTED', `expected ${input} to be fixed, but it depends on the data or on parameters`);
    }
    return value;
  }

  /** A list of integers, given as an input or (in older opsets) as an attribute; null when neither is there. */
  integers(name: string, position?: number): number[] | null {
    if (position !== undefined && this.has(position)) return [...this.constant(position).values];
    const attribute = this.onnx.attributes.get(name);
    return Array.isArray(attribute) ? [...(attribute as readonly number[])] : null;
  }

  /** A list of numbers given as an attribute; null when it is not there. */
  decimals(name: string): number[] | null {
    const attribute = this.onnx.attributes.get(name);
    return Array.isArray(attribute) ? [...(attribute as readonly number[])] : null;
  }

  number(name: string, fallback: number): number {
    const attribute = this.onnx.attributes.get(name);
    return typeof attribute === 'number' ? attribute : fallback;
  }

  /** A list of texts given as an attribute; null when it is not there. */
  texts(name: string): string[] | null {
    const attribute = this.onnx.attributes.get(name);
    return Array.isArray(attribute) ? [...(attribute as readonly string[])] : null;
  }

  text(name: string, fallback: string): string {
    const attribute = this.onnx.attributes.get(name);
    return typeof attribute === 'string' ? attribute : fallback;
  }

  /** An axis counted from the start; throws an EstimationError (SHAPE) when the rank does not have it. */
  axis(axis: number, rank: number): number {
    const fromStart = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(axis) || fromStart < 0 || fromStart >= rank) {
      throw this.failure('SHAPE', `it has no axis ${axis} among ${rank}`);
    }
    return fromStart;
  }

  failure(code: 'BAD_FILE' | 'SHAPE' | 'UNSUPPORTED', why: string, cause?: unknown): EstimationError {
    return new EstimationError(code, `${describeNode(this.onnx)}: ${why}.`, { cause });
  }
}
