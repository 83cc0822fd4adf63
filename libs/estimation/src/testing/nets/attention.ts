/** A pre-norm transformer block with two causal heads on tokens, a next-token head on top. */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { Model } from '../../model/Model.ts';
import { add } from '../../ops/add.ts';
import { scale } from '../../ops/affine.ts';
import { gather } from '../../ops/gather.ts';
import { layerNorm } from '../../ops/layerNorm.ts';
import { matmul } from '../../ops/matmul.ts';
import { multiply } from '../../ops/multiply.ts';
import { reshape } from '../../ops/reshape.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { slice } from '../../ops/slice.ts';
import { softmax } from '../../ops/softmax.ts';
import { transpose } from '../../ops/transpose.ts';
import { dense } from './dense.ts';

const width = 6;
const heads = 2;

/** −10⁴ above the diagonal, else 0: no token looks ahead. */
function future(graph: GraphBuilder, tokens: number): Node {
  const mask = Array.from({ length: tokens * tokens }, (_, i) => (i % tokens > Math.floor(i / tokens) ? -1e4 : 0));
  return graph.constant(mask, [tokens, tokens]);
}

export const forwardAttention: Model['forward'] = (graph, inputs, state) => {
  const [examples = 1, tokens = 1] = inputs.shape;
  const normalised = (name: string, value: Node): Node =>
    layerNorm(graph, value, { scale: state.parameter(`${name}.weight`), shift: state.parameter(`${name}.bias`) });
  /** [N, T, width] → [N, heads, T, width / heads] */
  const perHead = (value: Node): Node =>
    transpose(graph, reshape(graph, value, [examples, tokens, heads, -1]), [0, 2, 1, 3]);

  let x = add(graph, gather(graph, state.parameter('embedding'), inputs, -2), state.parameter('position'));
  const joint = dense(graph, state, 'query_key_value', normalised('norm0', x));
  const [query, key, value] = [0, 1, 2].map((part) =>
    perHead(slice(graph, joint, -1, part * width, (part + 1) * width)),
  );
  if (!query || !key || !value) throw new RangeError('three parts expected');
  const scores = scale(graph, matmul(graph, query, key, { transposeB: true }), 1 / Math.sqrt(width / heads));
  const mixed = matmul(graph, softmax(graph, add(graph, scores, future(graph, tokens))), value);
  const joined = reshape(graph, transpose(graph, mixed, [0, 2, 1, 3]), [examples, tokens, width]);
  x = add(graph, x, dense(graph, state, 'project', joined));
  const expanded = dense(graph, state, 'expand', normalised('norm1', x));
  const activated = multiply(graph, expanded, sigmoid(graph, expanded));
  x = add(graph, x, dense(graph, state, 'contract', activated));
  return dense(graph, state, 'head', normalised('norm2', x));
};
