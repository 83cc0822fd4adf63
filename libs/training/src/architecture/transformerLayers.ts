/** The layers that transformers are made of: each is declared by name, then built onto a graph. Blocks normalise first (Xiong et al., ICML 2020). */
import {
  add,
  gelu,
  layerNorm,
  matmul,
  reshape,
  scale,
  softmax,
  transpose,
  type GraphBuilder,
  type ModelState,
  type NamedShape,
  type Node,
} from '@ritz/estimation';
import type { Initialisation } from './Architecture.ts';

/** Width of the two-layer nets, in dimensions of a token. */
const widening = 4;

export interface TransformerSize {
  /** Numbers per token. */
  readonly dimension: number;
  readonly heads: number;
}

/** Names of the parts of a block, below its own name. */
interface BlockNames {
  readonly attention: (part: AttentionPart) => string;
  readonly norm: (position: 0 | 1) => string;
  readonly widen: string;
  readonly narrow: string;
}

/** Of every block; `within`: what stands before the names of attention and of the two-layer net. */
export function blockNames(depth: number, within: { readonly attention: string; readonly mlp: string }): BlockNames[] {
  return Array.from({ length: depth }, (_, b) => ({
    attention: (part) => `block${b}.${within.attention}${part}`,
    norm: (position) => `block${b}.norm${position}`,
    widen: `block${b}.${within.mlp}widen`,
    narrow: `block${b}.${within.mlp}narrow`,
  }));
}

type AttentionPart = 'query' | 'key' | 'value' | 'output';
const attentionParts: readonly AttentionPart[] = ['query', 'key', 'value', 'output'];

/** Collects what the layers of one net declare, in their order. */
export class TransformerParameters {
  readonly parameters: NamedShape[] = [];
  readonly initialisation: Record<string, Initialisation> = {};

  declare(name: string, shape: readonly number[], start: Initialisation): void {
    this.parameters.push({ name, shape });
    this.initialisation[name] = start;
  }

  /** A linear map without a relu behind it: variance 1 / fan-in. */
  dense(name: string, from: number, to: number): void {
    this.declare(`${name}.weight`, [from, to], { kind: 'he', fanIn: 2 * from });
    this.declare(`${name}.bias`, [to], { kind: 'constant', value: 0 });
  }

  norm(name: string, dimension: number): void {
    this.declare(`${name}.scale`, [dimension], { kind: 'constant', value: 1 });
    this.declare(`${name}.shift`, [dimension], { kind: 'constant', value: 0 });
  }

  /** Attention and a two-layer net. */
  block(names: BlockNames, dimension: number): void {
    this.norm(names.norm(0), dimension);
    for (const part of attentionParts) this.dense(names.attention(part), dimension, dimension);
    this.norm(names.norm(1), dimension);
    this.dense(names.widen, dimension, widening * dimension);
    this.dense(names.narrow, widening * dimension, dimension);
  }
}

export interface LayerOptions extends TransformerSize {
  /** Every token attends to itself and those before it, not to all. Default false. */
  readonly causal?: boolean;
}

/** The layers on a graph, with the values of the parameters. */
export function transformerLayers(
  graph: GraphBuilder,
  state: ModelState,
  { heads, dimension, causal = false }: LayerOptions,
) {
  const dense = (name: string, x: Node): Node =>
    add(graph, matmul(graph, x, state.parameter(`${name}.weight`)), state.parameter(`${name}.bias`));
  const norm = (name: string, x: Node): Node =>
    layerNorm(graph, x, { scale: state.parameter(`${name}.scale`), shift: state.parameter(`${name}.shift`) });
  /** Softmax(Q Kᵀ / √d) V per head (Vaswani et al., NeurIPS 2017, eq. 1). x [N, T, D]. */
  const attention = (nameOf: BlockNames['attention'], x: Node): Node => {
    const [n = 1, tokens = 1] = x.shape;
    const perHead = dimension / heads;
    const split = (part: AttentionPart): Node =>
      transpose(graph, reshape(graph, dense(nameOf(part), x), [n, tokens, heads, perHead]), [0, 2, 1, 3]);
    const products = matmul(graph, split('query'), split('key'), { transposeB: true });
    const scores = scale(graph, products, 1 / Math.sqrt(perHead));
    const weights = softmax(
      graph,
      causal ? add(graph, scores, graph.constant(causalMask(tokens), [tokens, tokens])) : scores,
    );
    const mixed = transpose(graph, matmul(graph, weights, split('value')), [0, 2, 1, 3]);
    return dense(nameOf('output'), reshape(graph, mixed, [n, tokens, dimension]));
  };
  const block = (names: BlockNames, x: Node): Node => {
    const mixed = add(graph, x, attention(names.attention, norm(names.norm(0), x)));
    const wide = gelu(graph, dense(names.widen, norm(names.norm(1), mixed)));
    return add(graph, mixed, dense(names.narrow, wide));
  };
  return { dense, norm, block };
}

/** Added to scores of tokens behind: their weights are exactly 0 in float32 and float64. */
const hidden = -1e9;

function causalMask(tokens: number): number[] {
  return Array.from({ length: tokens * tokens }, (_, at) => (at % tokens > Math.floor(at / tokens) ? hidden : 0));
}
