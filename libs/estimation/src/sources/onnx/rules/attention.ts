/** Attention and rotary embeddings, as ONNX defines them by other operators. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { scale } from '../../../ops/affine.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { concat } from '../../../ops/concat.ts';
import { gather } from '../../../ops/gather.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { select } from '../../../ops/select.ts';
import { slice } from '../../../ops/slice.ts';
import { softmax } from '../../../ops/softmax.ts';
import { stopGradient } from '../../../ops/stopGradient.ts';
import { subtract } from '../../../ops/subtract.ts';
import { tanh } from '../../../ops/tanh.ts';
import { transpose } from '../../../ops/transpose.ts';
import { isInfinite } from '../../mathematics.ts';
import { largest } from '../../reductions.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

/** [N, heads, T, d], from that form or from [N, T, heads · d]. */
function headed(node: NodeTranslation, x: Node, heads: number): Node {
  if (x.shape.length === 4) return x;
  const [n = 1, length = 1] = x.shape;
  return transpose(node.graph, reshape(node.graph, x, [n, length, heads, -1]), [0, 2, 1, 3]);
}

/** Every head as often as there are queries for it. */
function repeated(graph: GraphBuilder, x: Node, times: number): Node {
  if (times === 1) return x;
  const [n = 1, heads = 1, ...rest] = x.shape;
  const wide = broadcastTo(graph, reshape(graph, x, [n, heads, 1, ...rest]), [n, heads, times, ...rest]);
  return reshape(graph, wide, [n, heads * times, ...rest]);
}

/** Past keys or values before the present ones. */
function afterPast(node: NodeTranslation, position: number, present: Node): Node {
  return node.has(position) ? concat(node.graph, [node.node(position), present], -2) : present;
}

/** Which keys each query may look at, [T, S] of 0 and 1; null: all. */
function visible(node: NodeTranslation, queries: number, keys: number, past: number): Node | null {
  const causal = node.number('is_causal', 0) === 1;
  const [left, right] = [node.number('left_window_size', -1), node.number('right_window_size', -1)];
  if (!causal && left < 0 && right < 0) return null;
  const sees = Array.from({ length: queries * keys }, (_, i) => {
    const ahead = (i % keys) - (past + Math.floor(i / keys));
    return Number((!causal || ahead <= 0) && (left < 0 || ahead >= -left) && (right < 0 || ahead <= right));
  });
  return node.graph.constant(sees, [queries, keys]);
}

/** A mask of booleans chooses, one of floats is added; one that is shorter than the keys leaves the others out. */
function masked(node: NodeTranslation, scores: Node, keys: number): Node {
  if (!node.has(3)) return scores;
  const { graph } = node;
  const given = node.float(3);
  const missing = keys - (given.shape.at(-1) ?? keys);
  const never = graph.constant([-Infinity]);
  const chooses = node.isBoolean(3);
  const mask = pad(graph, given, { before: [0], after: [missing], value: chooses ? 0 : -Infinity });
  return chooses ? select(graph, mask, scores, never) : add(graph, scores, mask);
}

/** Zeros for a query that may look at no key, whose scores are all −∞. */
function softmaxOfAny(graph: GraphBuilder, scores: Node): Node {
  const zero = graph.constant([0]);
  const none = isInfinite(graph, stopGradient(graph, largest(graph, scores, [-1])), { positive: false });
  return select(graph, none, zero, softmax(graph, select(graph, none, zero, scores)));
}

function attention(node: NodeTranslation): Node[] {
  const { graph } = node;
  if (node.has(6))
    throw node.failure('UNSUPPORTED', 'nonpad_kv_seqlen is not supported; give an attention mask instead');
  const flat = node.value(0).shape.length === 3;
  const q = headed(node, node.node(0), node.number('q_num_heads', 1));
  const kvHeads = node.number('kv_num_heads', 1);
  const presentKey = afterPast(node, 4, headed(node, node.node(1), kvHeads));
  const presentValue = afterPast(node, 5, headed(node, node.node(2), kvHeads));
  const times = (q.shape[1] ?? 1) / (presentKey.shape[1] ?? 1);
  const [k, v] = [repeated(graph, presentKey, times), repeated(graph, presentValue, times)];
  const [queries = 1, width = 1] = q.shape.slice(-2);
  const keys = k.shape.at(-2) ?? 1;
  const products = matmul(graph, q, k, { transposeB: true });
  const scaled = scale(graph, products, node.number('scale', 1 / Math.sqrt(width)));
  const cap = node.number('softcap', 0);
  const capped = cap === 0 ? scaled : scale(graph, tanh(graph, scale(graph, scaled, 1 / cap)), cap);
  const seen = visible(node, queries, keys, node.has(4) ? (node.value(4).shape.at(-2) ?? 0) : 0);
  const biased = masked(node, capped, keys);
  const scores = seen ? select(graph, seen, biased, graph.constant([-Infinity])) : biased;
  const y = matmul(graph, node.has(3) ? softmaxOfAny(graph, scores) : softmax(graph, scores), v);
  const [n = 1] = y.shape;
  const joined = flat ? reshape(graph, transpose(graph, y, [0, 2, 1, 3]), [n, queries, -1]) : y;
  return [joined, presentKey, presentValue];
}

/** Pairs of elements turned by an angle of their own at every position (Su et al. 2021). */
function rotaryEmbedding(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const heads = headed(node, x, node.number('num_heads', 1));
  const width = heads.shape.at(-1) ?? 1;
  const turned = node.number('rotary_embedding_dim', 0) || width;
  const half = turned / 2;
  // [N, 1, T, half], for all heads.
  const cache = (position: number): Node => {
    const table = node.node(position);
    const rows = node.has(3) ? gather(graph, table, node.node(3), -2) : table;
    return reshape(graph, rows, [...rows.shape.slice(0, -2), 1, ...rows.shape.slice(-2)]);
  };
  const [cos, sin] = [cache(1), cache(2)];
  const interleaved = node.number('interleaved', 0) === 1;
  const [first, second] = [0, 1].map((part) => {
    const rotated = slice(graph, heads, -1, 0, turned);
    if (!interleaved) return slice(graph, rotated, -1, part * half, (part + 1) * half);
    const pairs = reshape(graph, rotated, [...rotated.shape.slice(0, -1), half, 2]);
    return reshape(graph, slice(graph, pairs, -1, part, part + 1), [...rotated.shape.slice(0, -1), half]);
  });
  if (!first || !second) return x;
  const real = subtract(graph, multiply(graph, first, cos), multiply(graph, second, sin));
  const imaginary = add(graph, multiply(graph, first, sin), multiply(graph, second, cos));
  const column = (part: Node): Node => reshape(graph, part, [...part.shape, 1]);
  const together = interleaved
    ? reshape(graph, concat(graph, [column(real), column(imaginary)], -1), [...real.shape.slice(0, -1), turned])
    : concat(graph, [real, imaginary], -1);
  const whole = turned === width ? together : concat(graph, [together, slice(graph, heads, -1, turned, width)], -1);
  return x.shape.length === 4 ? whole : reshape(graph, transpose(graph, whole, [0, 2, 1, 3]), x.shape);
}

export const attentionRules: Rules = { Attention: attention, RotaryEmbedding: rotaryEmbedding };
