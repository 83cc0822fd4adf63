/**
 * A small transformer encoder for images: patches are its tokens (Dosovitskiy et al., ICLR 2021), blocks normalise first
 * (Xiong et al., ICML 2020), and the mean over the tokens is classified.
 */
import { add, conv2d, reshape, scale, sum, transpose } from '@ritz/estimation';
import type { Architecture } from './Architecture.ts';
import { requireOption } from './imageNet.ts';
import { blockNames, TransformerParameters, transformerLayers, type TransformerSize } from './transformerLayers.ts';

export interface TransformerOptions extends TransformerSize {
  /** Channels, rows and columns of an image. */
  readonly inputShape: readonly [number, number, number];
  readonly classes: number;
  /** Blocks of attention and a two-layer net. */
  readonly depth: number;
  /** Rows and columns of a patch. */
  readonly patch: number;
}

/** Throws a TrainingError (BAD_OPTION) for a dimension that the heads do not divide, or an image that the patches do not. */
export function transformerEncoder(options: TransformerOptions): Architecture {
  const { inputShape, classes, depth, dimension, heads, patch } = options;
  const [channels, rows, columns] = inputShape;
  requireOption(dimension % heads === 0, 'dimension', `a multiple of the ${heads} heads`, dimension);
  const divides = rows % patch === 0 && columns % patch === 0;
  requireOption(divides, 'patch', `a divisor of ${rows} and ${columns} (rows and columns)`, patch);
  const tokens = (rows / patch) * (columns / patch);
  const declared = new TransformerParameters();
  const fanIn = channels * patch * patch;
  declared.declare('embedding.weight', [dimension, channels, patch, patch], { kind: 'he', fanIn: 2 * fanIn });
  declared.declare('embedding.bias', [dimension], { kind: 'constant', value: 0 });
  declared.declare('position', [tokens, dimension], { kind: 'he', fanIn: 2 * dimension });
  const names = blockNames(depth, { attention: '', mlp: '' });
  for (const block of names) declared.block(block, dimension);
  declared.norm('norm', dimension);
  declared.dense('classifier', dimension, classes);

  return {
    name: `transformer-${depth}x${dimension}`,
    parameters: declared.parameters,
    buffers: [],
    initialisation: declared.initialisation,
    inputShape,
    inputType: 'float',
    classes,
    batchNorm: false,
    normalisation: 'layer',
    residual: true,
    forward: (graph, inputs, state) => {
      const layers = transformerLayers(graph, state, { heads, dimension });
      const patches = conv2d(graph, inputs, state.parameter('embedding.weight'), {
        stride: patch,
        bias: state.parameter('embedding.bias'),
      });
      const listed = transpose(graph, reshape(graph, patches, [-1, dimension, tokens]), [0, 2, 1]);
      let x = add(graph, listed, state.parameter('position'));
      for (const block of names) x = layers.block(block, x);
      const pooled = scale(graph, sum(graph, layers.norm('norm', x), [-2]), 1 / tokens);
      return layers.dense('classifier', reshape(graph, pooled, [-1, dimension]));
    },
  };
}
