/**
 * A small language model: a transformer that predicts each next token of a text from those before it (Vaswani et al., NeurIPS 2017;
 * Radford et al., 2019). Its parameters are named so that blocks of the Hessian are patterns: `*.query.*`, `*.mlp.*`, `embedding`.
 */
import { add, gather, reshape } from '@ritz/estimation';
import type { Architecture } from './Architecture.ts';
import { requireOption } from './imageNet.ts';
import { blockNames, TransformerParameters, transformerLayers, type TransformerSize } from './transformerLayers.ts';

export interface CausalTransformerOptions extends TransformerSize {
  /** Tokens of an example. */
  readonly context: number;
  /** Different tokens. */
  readonly vocabulary: number;
  /** Blocks of attention and a two-layer net. */
  readonly depth: number;
}

/** Outputs [N, context, vocabulary]: logits of the token after each. Throws a TrainingError (BAD_OPTION) for a dimension that the heads do not divide. */
export function causalTransformer(options: CausalTransformerOptions): Architecture {
  const { context, vocabulary, depth, dimension, heads } = options;
  requireOption(dimension % heads === 0, 'dimension', `a multiple of the ${heads} heads`, dimension);
  const declared = new TransformerParameters();
  declared.declare('embedding', [vocabulary, dimension], { kind: 'he', fanIn: 2 * dimension });
  declared.declare('position', [context, dimension], { kind: 'he', fanIn: 2 * dimension });
  const names = blockNames(depth, { attention: 'attention.', mlp: 'mlp.' });
  for (const block of names) declared.block(block, dimension);
  declared.norm('norm', dimension);
  declared.dense('head', dimension, vocabulary);
  return {
    name: `causal-transformer-${depth}x${dimension}`,
    parameters: declared.parameters,
    buffers: [],
    initialisation: declared.initialisation,
    inputShape: [context],
    inputType: 'int',
    classes: vocabulary,
    batchNorm: false,
    normalisation: 'layer',
    residual: true,
    forward: (graph, inputs, state) => {
      const layers = transformerLayers(graph, state, { heads, dimension, causal: true });
      let x = add(graph, gather(graph, state.parameter('embedding'), inputs, -2), state.parameter('position'));
      for (const block of names) x = layers.block(block, x);
      return layers.dense('head', reshape(graph, layers.norm('norm', x), [-1, context, dimension]));
    },
  };
}
