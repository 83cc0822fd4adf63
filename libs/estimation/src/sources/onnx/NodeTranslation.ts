/** One node of an ONNX file on its way onto our graph: its inputs and attributes, and errors that name it. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { toFloat } from '../../ops/toFloat.ts';
import { toInt } from '../../ops/toInt.ts';
import { describeNode, type OnnxNode } from './OnnxGraph.ts';
import type { Role } from './roles.ts';
import { isNode, type Constant, type Value } from './Value.ts';

export interface TranslationScope {
  readonly graph: GraphBuilder;
  readonly state: ModelState;
  readonly roles: ReadonlyMap<string, Role>;
  readonly opset: number;
  /** N, the examples of this batch. */
  readonly examples: number;
  /** The number of examples that the file was exported for; null when it leaves that open. */
  readonly exportedExamples: number | null;
}

/** Translates one node; several values for a node of several outputs. */
export type Rule = (node: NodeTranslation) => Value | readonly Value[];
export type Rules = Readonly<Record<string, Rule>>;

export class NodeTranslation {
  readonly graph: GraphBuilder;
  readonly scope: TranslationScope;
  readonly onnx: OnnxNode;
  /** null where an optional input is left out. */
  private readonly values: readonly (Value | null)[];

  constructor(scope: TranslationScope, onnx: OnnxNode, values: readonly (Value | null)[]) {
    this.graph = scope.graph;
    this.scope = scope;
    this.onnx = onnx;
    this.values = values;
  }

  get inputCount(): number {
    return this.values.length;
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
    const value = this.value(position);
    if (isNode(value)) return value;
    return this.graph.constant([...value.values], value.shape, value.type === 'int' ? 'int' : 'float');
  }

  /** The input as floats: integers are converted, booleans are 0 and 1. */
  float(position: number): Node {
    return toFloat(this.graph, this.node(position));
  }

  /** All inputs that are given, as nodes. */
  nodes(): Node[] {
    return this.values.flatMap((value, position) => (value === null ? [] : [this.node(position)]));
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
      throw this.failure(
        'UNSUPPORTED',
        `${input} depends on the data or on parameters; only fixed values are read here`,
      );
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
