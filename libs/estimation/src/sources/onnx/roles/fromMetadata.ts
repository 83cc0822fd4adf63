/** What is learned, as the file's own metadata says. */
import { EstimationError } from '../../../error/EstimationError.ts';
import { showShape } from '../../../graph/shape.ts';
import { networkKey, type NetworkMetadata, type ParameterMetadata } from '../metadata.ts';
import type { Initialiser, OnnxGraph } from '../OnnxGraph.ts';
import { resolveCopies } from './copies.ts';
import { constant, parameter, runningStatistic, type Judgement, type Reading } from './Judgement.ts';
import { differentiable, finalUses, usesOf } from './reach.ts';
import { isRunningStatistic } from './fromUses.ts';
import { isUniform } from './structure.ts';
import { findTies } from './ties.ts';

function contradiction(place: string, why: string): EstimationError {
  const advice = 'Export the network again, or remove the metadata.';
  return new EstimationError('BAD_FILE', `metadata ${networkKey}: ${place}: ${why}. ${advice}`);
}

/** Throws an EstimationError (BAD_FILE) that names what the metadata says and the file does not hold. */
export function readFromMetadata(graph: OnnxGraph, metadata: NetworkMetadata): Reading {
  const listed = new Set([...metadata.parameters, ...metadata.buffers].flatMap(({ initialiser }) => initialiser ?? []));
  const own = resolveCopies(graph, {
    isOther: ({ outputs }, { tensor }) => listed.has(outputs[0] ?? '') || isUniform(tensor),
    standsFor: () => null,
  });
  const uses = usesOf(own.nodes);
  const reached = differentiable(own);
  const byInitialiser = new Map<string, Judgement>();
  const paddingRows = new Map<string, readonly number[]>();
  for (const entry of metadata.parameters) {
    if (entry.initialiser === undefined) continue;
    const { tensor } = check(own, entry, byInitialiser);
    const frozen = constant(entry.name, 'frozen (requires_grad is false)');
    byInitialiser.set(entry.initialiser, entry.requiresGrad ? parameter(entry.name) : { ...frozen, role: 'buffer' });
    const rows = entry.frozenRows ?? [];
    const bad = rows.find((row) => row >= (tensor.shape[0] ?? 0));
    if (bad !== undefined) throw contradiction(`parameter "${entry.name}"`, `it has no row ${bad}`);
    for (const { node, position } of rows.length > 0 ? finalUses(entry.initialiser, uses) : []) {
      if (node.opType === 'Gather' && position === 0) paddingRows.set(node.outputs[0] ?? '', rows);
    }
  }
  for (const { name, initialiser } of metadata.buffers) {
    if (initialiser === undefined) continue;
    if (byInitialiser.get(initialiser)?.role === 'parameter') {
      throw contradiction(`buffer "${name}"`, `its initialiser "${initialiser}" is a parameter too`);
    }
    byInitialiser.set(initialiser, constant(name, 'a buffer'));
  }
  checkNorms(own, metadata);
  const judgements = new Map<string, Judgement>();
  for (const name of own.nodes.flatMap(({ inputs }) => inputs)) {
    const initialiser = own.initialisers.get(name);
    if (initialiser?.tensor.type !== 'float' || judgements.has(name)) continue;
    const said = byInitialiser.get(name);
    if (isRunningStatistic(finalUses(name, uses))) judgements.set(name, runningStatistic(said?.name ?? name));
    else if (reached.has(name)) judgements.set(name, said ?? constant(name, 'no parameter of the network'));
  }
  const tensors = [...judgements].map(([name, { role }]) => ({
    name,
    tensor: (own.initialisers.get(name) as Initialiser).tensor,
    mayFollow: role === 'constant' && !listed.has(name),
  }));
  return { graph: own, judgements, foldedNorms: [], warnings: [], ties: findTies(tensors), paddingRows };
}

function check(
  { initialisers }: OnnxGraph,
  { name, initialiser = '', shape, transposed }: ParameterMetadata,
  known: ReadonlyMap<string, Judgement>,
): Initialiser {
  const place = `parameter "${name}"`;
  const found = initialisers.get(initialiser);
  if (!found) throw contradiction(place, `the file has no initialiser "${initialiser}"`);
  if (found.tensor.type !== 'float') throw contradiction(place, `initialiser "${initialiser}" holds no real numbers`);
  const stored = transposed === true ? [...shape.slice(0, -2), ...shape.slice(-2).reverse()] : shape;
  if (stored.join() !== found.tensor.shape.join()) {
    const [wanted, given] = [showShape(stored), showShape(found.tensor.shape)];
    throw contradiction(place, `expected initialiser "${initialiser}" of shape ${wanted}, got ${given}`);
  }
  const other = known.get(initialiser);
  if (other)
    throw contradiction(place, `initialiser "${initialiser}" is also "${other.name}"; ties belong to one entry`);
  return found;
}

function checkNorms({ nodes }: OnnxGraph, { norms }: NetworkMetadata): void {
  const inBatchMode = norms.find(({ mode }) => mode === 'minibatch');
  const runs = nodes.filter(({ opType }) => opType === 'BatchNormalization');
  const fixed = runs.length > 0 && runs.every(({ attributes }) => attributes.get('training_mode') !== 1);
  if (inBatchMode && fixed) {
    throw contradiction(
      `normalisation "${inBatchMode.name}"`,
      'it is in batch mode, but the graph normalises by running statistics',
    );
  }
}
