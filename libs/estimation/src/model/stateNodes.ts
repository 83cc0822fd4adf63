/** The nodes of a model's state: inputs of the graph for its parameters and buffers. */
import { unknownChoice } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import type { Model, NamedShape } from './Model.ts';
import type { BatchNormMode, ModelState, Statistics } from './ModelState.ts';

/** A batch norm, in the order in which `forward` comes to it. */
export interface Observation {
  readonly buffers: Statistics<string>;
  readonly values: Statistics<Node>;
}

export interface StateNodes {
  readonly state: ModelState;
  /** In the order of the model's parameters. */
  readonly parameters: readonly Node[];
  readonly observations: readonly Observation[];
}

const ofBatch: Readonly<Record<BatchNormMode, boolean>> = { minibatch: true, running: false, population: false };

/** Throws an EstimationError (BAD_OPTION) for a mode that a caller without types makes up. */
function usesBatch(mode: BatchNormMode): boolean {
  const found = (ofBatch as Readonly<Partial<Record<string, boolean>>>)[mode];
  if (found !== undefined) return found;
  throw new EstimationError('BAD_OPTION', unknownChoice('batchNorm', Object.keys(ofBatch), mode));
}

/** Inputs of the graph for all parameters and buffers: `parameter0`, `parameter1`, …, `buffer0`, `buffer1`, … */
export function stateNodes(
  graph: GraphBuilder,
  model: Model,
  batchNorm: BatchNormMode,
  others: ReadonlyMap<string, Node> = new Map(),
): StateNodes {
  const nodes = (tensors: readonly NamedShape[], prefix: string): Map<string, Node> =>
    new Map(tensors.map(({ name, shape }, position) => [name, graph.input(`${prefix}${position}`, shape)]));
  const parameters = nodes(model.parameters, 'parameter');
  const buffers = nodes(model.buffers, 'buffer');
  const observations: Observation[] = [];
  const find = (among: ReadonlyMap<string, Node>, kind: string, name: string): Node => {
    const node = among.get(name);
    if (node) return node;
    const known = [...among.keys()].join(', ') || 'none';
    throw new EstimationError('BAD_OPTION', `${model.name} has no ${kind} "${name}"; it declares: ${known}.`);
  };
  const state: ModelState = {
    parameter: (name) => find(parameters, 'parameter', name),
    buffer: (name) => find(buffers, 'buffer', name),
    input: (name) => find(others, 'input', name),
    batchStatistics: usesBatch(batchNorm),
    observe: (names, values) => {
      for (const name of [names.mean, names.variance]) find(buffers, 'buffer', name);
      observations.push({ buffers: names, values });
    },
  };
  return { state, parameters: [...parameters.values()], observations };
}
