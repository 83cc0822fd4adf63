/** Which values of a graph the output depends on differentiably, and where each value is used. */
import type { OnnxGraph, OnnxNode } from '../OnnxGraph.ts';

export interface Use {
  readonly node: OnnxNode;
  /** Among the inputs of the node. */
  readonly position: number;
}

/** Uses of every value, in the order of the graph. */
export function usesOf(nodes: readonly OnnxNode[]): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const node of nodes) {
    node.inputs.forEach((name, position) => {
      const known = uses.get(name);
      if (known) known.push({ node, position });
      else uses.set(name, [{ node, position }]);
    });
  }
  return uses;
}

/** Operators whose result does not move with their inputs, or jumps. */
const constantOperators: ReadonlySet<string> = new Set([
  'And',
  'ArgMax',
  'ArgMin',
  'Bernoulli',
  'Ceil',
  'ConstantOfShape',
  'Equal',
  'EyeLike',
  'Floor',
  'Greater',
  'GreaterOrEqual',
  'IsInf',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'NonZero',
  'Not',
  'OneHot',
  'Or',
  'Range',
  'Round',
  'Shape',
  'Sign',
  'Size',
  'Xor',
]);

/** Inputs that are shapes, axes, positions, conditions or state, by operator: from this position on, or these alone. */
const fromSecond: ReadonlySet<string> = new Set([
  'CastLike',
  'CumSum',
  'Dropout',
  'Expand',
  'Pad',
  'ReduceL1',
  'ReduceL2',
  'ReduceLogSum',
  'ReduceLogSumExp',
  'ReduceMax',
  'ReduceMean',
  'ReduceMin',
  'ReduceProd',
  'ReduceSum',
  'ReduceSumSquare',
  'Reshape',
  'Resize',
  'Slice',
  'Split',
  'Squeeze',
  'Tile',
  'TopK',
  'Trilu',
  'Unsqueeze',
  'Upsample',
]);
const fixedInputs: Readonly<Record<string, readonly number[]>> = {
  BatchNormalization: [3, 4],
  Gather: [1],
  GatherElements: [1],
  GatherND: [1],
  GRU: [4],
  LSTM: [4],
  RNN: [4],
  ScatterElements: [1],
  ScatterND: [1],
  Where: [0],
};

/** Whether the result of the node moves with its input at this position. */
function carries({ opType }: OnnxNode, position: number): boolean {
  if (constantOperators.has(opType)) return false;
  if (fromSecond.has(opType)) return position === 0;
  return !fixedInputs[opType]?.includes(position);
}

/** Names of all values that the output depends on differentiably. */
export function differentiable({ nodes, outputs }: Pick<OnnxGraph, 'nodes' | 'outputs'>): Set<string> {
  const reached = new Set(outputs);
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((name) => reached.has(name))) continue;
    node.inputs.forEach((name, position) => {
      if (carries(node, position)) reached.add(name);
    });
  }
  return reached;
}

/** What these return is the same tensor in another form. */
const views: ReadonlySet<string> = new Set([
  'Cast',
  'CastLike',
  'Expand',
  'Flatten',
  'Identity',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

/** Uses of a value by nodes that do more than change its form. */
export function finalUses(name: string, uses: ReadonlyMap<string, readonly Use[]>): Use[] {
  return (uses.get(name) ?? []).flatMap((use) => {
    const isView = views.has(use.node.opType) && use.position === 0;
    return isView ? finalUses(use.node.outputs[0] ?? '', uses) : [use];
  });
}
