/** What is said of one tensor of real numbers in an ONNX file. */
import type { OnnxGraph } from '../OnnxGraph.ts';
import type { Preimage } from './preimage.ts';

/** `buffer` and `constant` are not differentiated; buffers are fed at run time, constants are part of the graph. */
export type Role = 'parameter' | 'buffer' | 'constant';

/**
 * What may be wrong. `computed`: the exporter made it from parameters that are not in the file. `unnamed`: neither name nor use tells
 * whether it is learned, and it is taken for a parameter. `constant`: the same, and it is taken for a constant.
 */
export type Doubt = 'computed' | 'unnamed' | 'constant';

export interface Judgement {
  readonly role: Role;
  /** For people and options: as the framework names it where the file tells, else the initialiser's name. */
  readonly name: string;
  /** Why it is no parameter, as part of a sentence; empty for a parameter. */
  readonly reason: string;
  readonly doubt: Doubt | null;
  /** Left out: the tensor itself is the parameter. */
  readonly preimage?: Preimage | undefined;
}

/** What one source of knowledge says of a file. */
export interface Reading {
  /** The graph with copies resolved: every initialiser is one tensor of the network. */
  readonly graph: OnnxGraph;
  /** By initialiser; of tensors of real numbers that the output depends on differentiably, and of running statistics. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** Layers that the exporter folded a batch norm into. */
  readonly foldedNorms: readonly string[];
  /** Sentences about the file as a whole, beside these. */
  readonly warnings: readonly string[];
  /** Initialisers that hold the same tensor as another one, perhaps in another shape: the key follows the value. */
  readonly ties: ReadonlyMap<string, string>;
  /** Rows that lookups do not differentiate (PyTorch's padding_idx), by the first output of the Gather node. */
  readonly paddingRows: ReadonlyMap<string, readonly number[]>;
}

export function parameter(name: string, doubt: Doubt | null = null): Judgement {
  return { role: 'parameter', name, reason: '', doubt };
}

export function constant(name: string, reason: string, doubt: Doubt | null = null): Judgement {
  return { role: 'constant', name, reason, doubt };
}

export function runningStatistic(name: string): Judgement {
  return { role: 'buffer', name, reason: 'running statistics', doubt: null };
}

/** `a, b, c and 4 more` */
export function listOf(names: readonly string[], shown = 6): string {
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ');
}
