/**
 * A small transformer encoder for images: patches are its tokens (Dosovitskiy et al., ICLR 2021), blocks normalise first
 * (Xiong et al., ICML 2020), and the mean over the tokens is classified.
 */
import {
  add,
  conv2d,
  gelu,
  layerNorm,
  matmul,
  reshape,
  scale,
  softmax,
  sum,
  transpose,
  type GraphBuilder,
  type ModelState,
  type NamedShape,
  type Node,
} from '@ritz/estimation';
import type { Architecture, Initialisation } from './Architecture.ts';
import { requireOption } from './imageNet.ts';

export interface TransformerOptions {
  /** Channels, rows and columns of an image. */
  readonly inputShape: readonly [number, number, number];
  readonly classes: number;
  /** Blocks of attention and a two-layer net. */
  readonly depth: number;
  /** Numbers per token. */
  readonly dimension: number;
  readonly heads: number;
  /** Rows and columns of a patch. */
  readonly patch: number;
}

/** Width of the two-layer nets, in dimensions of a token. */
const widening = 4;

/** Throws a TrainingError (BAD_OPTION) for a dimension that the heads do not divide, or an image that the patches do not. */
export function transformerEncoder(options: TransformerOptions): Architecture {
  const { inputShape, classes, depth, dimension, heads, patch } = options;
  const [channels, rows, columns] = inputShape;
  requireOption(dimension % heads === 0, 'dimension', `a multiple of the ${heads} heads`, dimension);
  const divides = rows % patch === 0 && columns % patch === 0;
  requireOption(divides, 'patch', `a divisor of ${rows} and ${columns} (rows and columns)`, patch);
  const tokens = (rows / patch) * (columns / patch);
  const parameters: NamedShape[] = [];
  const initialisation: Record<string, Initialisation> = {};
  const declare = (name: string, shape: readonly number[], start: Initialisation): void => {
    parameters.push({ name, shape });
    initialisation[name] = start;
  };
  // Linear maps without a relu behind them: variance 1 / fan-in.
  const dense = (name: string, from: number, to: number): void => {
    declare(`${name}.weight`, [from, to], { kind: 'he', fanIn: 2 * from });
    declare(`${name}.bias`, [to], { kind: 'constant', value: 0 });
  };
  const norm = (name: string): void => {
    declare(`${name}.scale`, [dimension], { kind: 'constant', value: 1 });
    declare(`${name}.shift`, [dimension], { kind: 'constant', value: 0 });
  };
  const fanIn = channels * patch * patch;
  declare('embedding.weight', [dimension, channels, patch, patch], { kind: 'he', fanIn: 2 * fanIn });
  declare('embedding.bias', [dimension], { kind: 'constant', value: 0 });
  declare('position', [tokens, dimension], { kind: 'he', fanIn: 2 * dimension });
  for (let b = 0; b < depth; b++) {
    norm(`block${b}.norm0`);
    for (const part of ['query', 'key', 'value', 'output']) dense(`block${b}.${part}`, dimension, dimension);
    norm(`block${b}.norm1`);
    dense(`block${b}.widen`, dimension, widening * dimension);
    dense(`block${b}.narrow`, widening * dimension, dimension);
  }
  norm('norm');
  dense('classifier', dimension, classes);

  return {
    name: `transformer-${depth}x${dimension}`,
    parameters,
    buffers: [],
    initialisation,
    inputShape,
    inputType: 'float',
    classes,
    batchNorm: false,
    normalisation: 'layer',
    residual: true,
    forward: (graph, inputs, state) => {
      const layers = encoderLayers(graph, state, { heads, dimension });
      const patches = conv2d(graph, inputs, state.parameter('embedding.weight'), {
        stride: patch,
        bias: state.parameter('embedding.bias'),
      });
      const listed = transpose(graph, reshape(graph, patches, [-1, dimension, tokens]), [0, 2, 1]);
      let x = add(graph, listed, state.parameter('position'));
      for (let b = 0; b < depth; b++) {
        x = add(graph, x, layers.attention(`block${b}`, layers.norm(`block${b}.norm0`, x)));
        const wide = gelu(graph, layers.dense(`block${b}.widen`, layers.norm(`block${b}.norm1`, x)));
        x = add(graph, x, layers.dense(`block${b}.narrow`, wide));
      }
      const pooled = scale(graph, sum(graph, layers.norm('norm', x), [-2]), 1 / tokens);
      return layers.dense('classifier', reshape(graph, pooled, [-1, dimension]));
    },
  };
}

function encoderLayers(
  graph: GraphBuilder,
  state: ModelState,
  { heads, dimension }: { readonly heads: number; readonly dimension: number },
) {
  const dense = (name: string, x: Node): Node =>
    add(graph, matmul(graph, x, state.parameter(`${name}.weight`)), state.parameter(`${name}.bias`));
  const norm = (name: string, x: Node): Node =>
    layerNorm(graph, x, { scale: state.parameter(`${name}.scale`), shift: state.parameter(`${name}.shift`) });
  /** Softmax(Q Kᵀ / √d) V per head (Vaswani et al., NeurIPS 2017, eq. 1), every token attending to all. x [N, T, D]. */
  const attention = (name: string, x: Node): Node => {
    const [n = 1, tokens = 1] = x.shape;
    const perHead = dimension / heads;
    const split = (part: string): Node =>
      transpose(graph, reshape(graph, dense(`${name}.${part}`, x), [n, tokens, heads, perHead]), [0, 2, 1, 3]);
    const scores = matmul(graph, split('query'), split('key'), { transposeB: true });
    const weights = softmax(graph, scale(graph, scores, 1 / Math.sqrt(perHead)));
    const mixed = transpose(graph, matmul(graph, weights, split('value')), [0, 2, 1, 3]);
    return dense(`${name}.output`, reshape(graph, mixed, [n, tokens, dimension]));
  };
  return { dense, norm, attention };
}
