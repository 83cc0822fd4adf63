/** The parts of an ONNX file that matter here, free of its encoding. */
import type { Annotations } from './origin/annotations.ts';
import type { Constant } from './Value.ts';

export type OnnxAttribute = number | string | readonly number[] | readonly string[] | Constant;

export interface OnnxNode {
  /** As in the file; some exporters leave it empty. */
  readonly name: string;
  readonly opType: string;
  /** Empty for the operators of ONNX itself. */
  readonly domain: string;
  /** Tensor names; empty where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  /** Of If, Loop and Scan: their graphs by the attributes that hold them. */
  readonly bodies?: ReadonlyMap<string, OnnxBody>;
  /** Names by which the bodies know the node's last inputs: the values that they take from around them. */
  readonly captures?: readonly string[];
}

/** A graph inside a node. Its initialisers and Constant nodes are among those of the whole graph. */
export interface OnnxBody {
  readonly inputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  readonly outputs: readonly string[];
}

/** A value fed at run time. */
export interface OnnxInput {
  readonly name: string;
  readonly type: 'float' | 'int' | 'bool';
  /** null for a length that the file leaves open. */
  readonly shape: readonly (number | null)[];
}

export interface Initialiser {
  readonly tensor: Constant;
  /** How its elements are stored: `float16`. Left out: in the usual precision. */
  readonly storedAs?: string;
  /** Whether it was written as a Constant node, which exporters use for numbers that are part of the formula. */
  readonly fromNode: boolean;
}

export interface OnnxGraph {
  readonly opset: number;
  /** Who wrote the file: `pytorch`, `tf2onnx`; empty where it does not say. */
  readonly producer: string;
  /** `metadata_props` of the model. */
  readonly properties: ReadonlyMap<string, string>;
  readonly annotations: Annotations;
  readonly inputs: readonly OnnxInput[];
  readonly initialisers: ReadonlyMap<string, Initialiser>;
  /** In the file's order, which is topological. Constant nodes are among the initialisers instead. */
  readonly nodes: readonly OnnxNode[];
  readonly outputs: readonly string[];
}

/** `Conv "layer1/conv"`: how messages name a node. */
export function describeNode({ opType, name, outputs, domain }: OnnxNode): string {
  return `${domain === '' ? '' : `${domain}.`}${opType} "${name === '' ? (outputs[0] ?? '') : name}"`;
}
