/** Which initialisers of an ONNX file are parameters, which are buffers, and which are constants of the formula. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Initialiser, OnnxGraph, OnnxNode } from './OnnxGraph.ts';

export type Role = 'parameter' | 'buffer' | 'constant';

/** Inputs of an operator that are learned, by position. */
const learned: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  LayerNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  GroupNormalization: [1, 2],
  PRelu: [1],
  Gather: [0],
};

/** Inputs that are state but not learned. */
const buffered: Readonly<Record<string, readonly number[]>> = { BatchNormalization: [3, 4] };

/** Operators that learned biases, scales and embeddings share with the numbers of a formula. */
const elementwise: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div']);

/** What these return is the same tensor in another form: it has the role of its uses. */
const views: ReadonlySet<string> = new Set([
  'Cast',
  'CastLike',
  'Concat',
  'Expand',
  'Flatten',
  'Identity',
  'Reshape',
  'Slice',
  'Split',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

interface Use {
  readonly node: OnnxNode;
  readonly position: number;
}

/**
 * The role of every float initialiser, in the order in which the graph first uses them. `frozen` are names that are to be
 * constants (buffers) whatever they look like; throws an EstimationError (BAD_OPTION) for one that the file does not have.
 */
export function rolesOf(graph: OnnxGraph, frozen: readonly string[]): Map<string, Role> {
  const uses = new Map<string, Use[]>();
  for (const node of graph.nodes) {
    node.inputs.forEach((name, position) => uses.set(name, [...(uses.get(name) ?? []), { node, position }]));
  }
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const roles = new Map<string, Role>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) {
    const initialiser = graph.initialisers.get(name);
    if (initialiser?.tensor.type !== 'float' || roles.has(name)) continue;
    roles.set(name, roleOf(name, initialiser, uses, producers));
  }
  for (const name of frozen) {
    if (!roles.has(name)) {
      const known = [...roles].flatMap(([known, role]) => (role === 'parameter' ? [known] : [])).join(', ');
      throw new EstimationError('BAD_OPTION', `freeze: the file has no parameter "${name}"; it has ${known}.`);
    }
    if (roles.get(name) === 'parameter') roles.set(name, 'buffer');
  }
  return roles;
}

function roleOf(
  name: string,
  initialiser: Initialiser,
  uses: ReadonlyMap<string, readonly Use[]>,
  producers: ReadonlyMap<string, OnnxNode>,
): Role {
  const found = (uses.get(name) ?? []).map(({ node, position }): Role => {
    if (learned[node.opType]?.includes(position)) return isFiller(initialiser) ? 'constant' : 'parameter';
    if (buffered[node.opType]?.includes(position)) return 'buffer';
    if (views.has(node.opType) && (position === 0 || node.opType === 'Concat')) {
      const roles = node.outputs.map((output) => roleOf(output, initialiser, uses, producers));
      return strongest(roles);
    }
    const isTerm = elementwise.has(node.opType) && isLearnedTerm(initialiser, node.inputs[1 - position], producers);
    return isTerm ? 'parameter' : 'constant';
  });
  return strongest(found);
}

/** Exporters write the scale 1 and shift 0 of a norm without parameters as Constant nodes. */
function isFiller({ tensor: { values }, fromNode }: Initialiser): boolean {
  return fromNode && values.every((value) => value === values[0]);
}

function strongest(roles: readonly Role[]): Role {
  if (roles.includes('parameter')) return 'parameter';
  return roles.includes('buffer') ? 'buffer' : 'constant';
}

/**
 * A term or factor is learned when it is a tensor of several finite numbers (not a mask of −∞), stored as an initialiser; a
 * single number only as the bias of a layer with one output.
 */
function isLearnedTerm(
  { tensor, fromNode }: Initialiser,
  other: string | undefined,
  producers: ReadonlyMap<string, OnnxNode>,
): boolean {
  if (fromNode || !tensor.values.every((value) => Math.abs(value) < 1e30)) return false;
  if (tensor.values.length > 1) return true;
  return tensor.shape.length > 0 && producers.get(other ?? '')?.opType === 'MatMul';
}
