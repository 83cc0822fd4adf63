/** How many bytes a program takes, from its graph: what it keeps, and what is alive at once while it runs. */
import { bytesPerNumber, type Precision } from '@ritz/lanczos';
import type { PartialEvaluation } from '../autodiff/partialEval.ts';
import { executionOrder } from '../graph/executionOrder.ts';
import { sizeOf, topologicalOrder, type Graph, type Node } from '../graph/Node.ts';
import { buildLoss, type Problem } from '../model/buildLoss.ts';

/** Of all outputs. */
function bytesOfOutputs({ outputs }: Graph, precision: Precision): number {
  return bytesPerNumber[precision] * Object.values(outputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Ops whose result is the operand seen in another shape. */
const views: ReadonlySet<string> = new Set(['reshape']);

/** Largest sum of the results that are alive at the same time, a result living until its last user has run. */
function peakBytes(graph: Graph, precision: Precision): number {
  const order = executionOrder(graph);
  const source = (node: Node): Node => (views.has(node.op) && node.operands[0] ? source(node.operands[0]) : node);
  const lastUse = new Map<number, number>();
  order.forEach((node, position) => {
    for (const operand of node.operands) lastUse.set(source(operand).id, position);
  });
  for (const node of Object.values(graph.outputs)) lastUse.set(source(node).id, order.length);
  let alive = 0;
  let peak = 0;
  const endingAt = new Map<number, number>();
  order.forEach((node, position) => {
    if (node.operands.length > 0 && !views.has(node.op)) {
      const size = sizeOf(node.shape);
      alive += size;
      const end = lastUse.get(node.id) ?? position;
      endingAt.set(end, (endingAt.get(end) ?? 0) + size);
    }
    peak = Math.max(peak, alive + scratch(node));
    alive -= endingAt.get(position) ?? 0;
  });
  return bytesPerNumber[precision] * peak;
}

/** Numbers that an op needs beside its operands and its result: the columns that a filter gradient is a matrix product with. */
function scratch({ op, operands, attributes, shape }: Node): number {
  if (op !== 'conv2dFilterGradient') return 0;
  const [images, cotangent] = operands.map((operand) => operand.shape);
  const taps = sizeOf(shape.slice(-2));
  const seen = attributes['columns'] === 'cotangent' ? cotangent : images;
  return taps * sizeOf(seen ?? []);
}

export interface Footprint {
  /** Bytes kept of one micro-batch. */
  readonly kept: number;
  /** Bytes that the engine takes at most while a program runs. */
  readonly workspace: number;
}

/**
 * Measured on ONNX Runtime: its arena grows by doubling, and a thread with its sessions takes this much to begin with. ResNet-20, 32
 * examples, k = 8: 376 MB estimated and 376 MB measured in one lane, 639 and 611 MB in two; a conv net of two layers 181 and 193 MB.
 */
const arenaGrowth = 2;
const engineBytes = 55e6;

/**
 * Copies of the parameters, measured on nets of 3.5 and 9.3 million: those that a point and its gradient take (in float64, as feeds, on
 * the way to the engine), and those of a lane's tangent program (as written, sent and read, and as the engine lays weights out). Both
 * together are 96 bytes a parameter in float32, where 98 and 89 were measured.
 */
const copiesAtPoint = 12;
const copiesInLane = 12;

/** Bytes that a model with so many parameters takes besides: once, and for every lane. */
export function parameterBytes(
  count: number,
  precision: Precision,
): { readonly once: number; readonly inLane: number } {
  const bytes = bytesPerNumber[precision] * count;
  return { once: copiesAtPoint * bytes, inLane: copiesInLane * bytes };
}

export function footprintOf({ primal, varying }: PartialEvaluation, precision: Precision): Footprint {
  return {
    kept: bytesOfOutputs(primal, precision),
    workspace: engineBytes + arenaGrowth * Math.max(peakBytes(primal, precision), peakBytes(varying, precision)),
  };
}

export interface ActivationNumbers {
  /** Of the largest activation: the largest tensor of a pass has as many for each example and vector. */
  readonly largest: number;
  /** Of all. */
  readonly total: number;
}

/** Numbers in the activations of one example. */
export function activationNumbers(problem: Problem): ActivationNumbers {
  const { loss, parameters } = buildLoss(problem, 1);
  const order = topologicalOrder([loss]);
  const ofParameters = dependents(order, new Set(parameters.map(({ id }) => id)));
  const data = order.filter(({ name }) => /^(inputs|other\d+|targets)$/.test(name ?? ''));
  const ofExamples = dependents(order, new Set(data.map(({ id }) => id)));
  const activations = order.filter(({ id }) => ofParameters.has(id) && ofExamples.has(id));
  const sizes = activations.map(({ shape }) => sizeOf(shape));
  return {
    largest: Math.max(1, ...sizes),
    total: Math.max(
      1,
      sizes.reduce((sum, size) => sum + size, 0),
    ),
  };
}

/** Ids of the given nodes and of all that depend on them. */
function dependents(order: readonly Node[], seeds: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set(seeds);
  for (const { id, operands } of order) if (operands.some((operand) => found.has(operand.id))) found.add(id);
  return found;
}
