/** What is learned, by how it is used: for files whose names say nothing, as exporters other than PyTorch's write them. */
import type { Initialiser, OnnxGraph, OnnxNode } from '../OnnxGraph.ts';
import { copiesByContent } from './copies.ts';
import { foldedNorms, layerName } from './foldedNorms.ts';
import { constant, parameter, runningStatistic, type Judgement, type Reading } from './Judgement.ts';
import { differentiable, finalUses, usesOf, type Use } from './reach.ts';
import { isUniform, structureOf } from './structure.ts';

/** Inputs that layers learn, by position. */
const learned: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  LayerNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  GroupNormalization: [1, 2],
  RMSNormalization: [1],
  PRelu: [1],
  Gather: [0],
  LSTM: [1, 2, 3, 7],
  GRU: [1, 2, 3],
  RNN: [1, 2, 3],
};

/** Operators that learned biases and scales share with the numbers of a formula. */
const arithmetic: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Max', 'Min', 'Clip', 'Where']);

const runningStatisticInputs: readonly number[] = [3, 4];

export function isRunningStatistic(uses: readonly Use[]): boolean {
  return uses.some(
    ({ node, position }) => node.opType === 'BatchNormalization' && runningStatisticInputs.includes(position),
  );
}

export function readFromUses(graph: OnnxGraph): Reading {
  const own = copiesByContent(graph);
  return {
    graph: own,
    judgements: judgeByUse(own),
    foldedNorms: foldedNorms(own).map(layerName),
    warnings: [],
    ties: new Map(),
    paddingRows: new Map(),
  };
}

export function judgeByUse(graph: OnnxGraph): Map<string, Judgement> {
  const uses = usesOf(graph.nodes);
  const reached = differentiable(graph);
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const judgements = new Map<string, Judgement>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) {
    const initialiser = graph.initialisers.get(name);
    if (initialiser?.tensor.type !== 'float' || judgements.has(name)) continue;
    const final = finalUses(name, uses);
    if (isRunningStatistic(final)) judgements.set(name, runningStatistic(name));
    else if (reached.has(name)) judgements.set(name, judge(name, initialiser, final, producers));
  }
  return judgements;
}

function judge(
  name: string,
  { tensor, fromNode }: Initialiser,
  uses: readonly Use[],
  producers: ReadonlyMap<string, OnnxNode>,
): Judgement {
  const structure = structureOf(tensor, uses);
  if (structure) return constant(name, structure, structure === 'a mask' ? null : 'constant');
  if (uses.some(({ node, position }) => learned[node.opType]?.includes(position))) {
    // Exporters write the scale 1 and shift 0 of a norm without parameters as Constant nodes.
    return fromNode && isUniform(tensor) ? constant(name, 'filler of a normalisation') : parameter(name);
  }
  if (fromNode) return constant(name, 'written into the graph as a constant');
  if (uses.some(({ node }) => !arithmetic.has(node.opType))) {
    return tensor.values.length > 1 ? parameter(name) : constant(name, 'a single number');
  }
  if (tensor.values.length > 1) return parameter(name);
  return isBiasOfOne(tensor.shape.length, uses, producers) ? parameter(name) : constant(name, 'a single number');
}

/** A single number is learned where it is the bias of a layer with one output. */
function isBiasOfOne(rank: number, uses: readonly Use[], producers: ReadonlyMap<string, OnnxNode>): boolean {
  const follows = ({ node, position }: Use): boolean =>
    producers.get(node.inputs[1 - position] ?? '')?.opType === 'MatMul' && node.opType === 'Add';
  return rank > 0 && uses.some(follows);
}
