/**
 * What is learned, by the names that PyTorch's TorchScript exporter writes: tensors of the module's state keep their names, what the
 * exporter computed from them ahead is called after the operator that reads it (`onnx::MatMul_12`), and nodes are called after the
 * modules that they belong to.
 */
import type { Initialiser, OnnxGraph, OnnxNode } from '../OnnxGraph.ts';
import { resolveCopies } from './copies.ts';
import { foldedNorms, layerName } from './foldedNorms.ts';
import { judgeByUse } from './fromUses.ts';
import { constant, listOf, parameter, type Judgement, type Reading } from './Judgement.ts';
import { throughSoftmax, throughTable } from './preimage.ts';
import { finalUses, usesOf, type Use } from './reach.ts';
import { moduleOf, scopeOf } from './scopes.ts';
import { isUniform, looseStructureOf } from './structure.ts';
import { findTies } from './ties.ts';
import { isGenerated, whatNameSays } from './vocabulary.ts';

/** Whether the nodes are called after modules. */
export function hasScopes({ nodes }: OnnxGraph): boolean {
  return nodes.some(({ name }) => /^\/.*\/?\w+$/.test(name));
}

export function readFromNames(file: OnnxGraph): Reading {
  const scopes = new Scopes(file);
  const graph = resolveCopies(file, {
    isOther: ({ inputs: [source = ''], outputs: [copy = ''] }) => !isGenerated(copy) || scopes.isOther(source, copy),
    standsFor: () => null,
  });
  const uses = usesOf(graph.nodes);
  const nodesOf = new Map<string, OnnxNode[]>();
  for (const node of graph.nodes) nodesOf.set(scopeOf(node), [...(nodesOf.get(scopeOf(node)) ?? []), node]);
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const norms = foldedNorms(graph);
  const ofNorms = new Set(norms.flatMap(({ inputs }) => inputs));
  const judgements = judgeByUse(graph);
  const taken = new Set(graph.initialisers.keys());
  for (const [name, { role }] of judgements) {
    const initialiser = graph.initialisers.get(name);
    if (!initialiser || role === 'buffer') continue;
    const final = finalUses(name, uses);
    const judgement = initialiser.fromNode
      ? constant(name, 'written into the graph as a constant')
      : isGenerated(name)
        ? judgeComputed(name, initialiser, final, nodesOf)
        : judgeNamed(name, initialiser, final, inputs);
    const doubt = ofNorms.has(name) ? null : judgement.doubt;
    judgements.set(name, { ...judgement, doubt, name: taken.has(judgement.name) ? name : judgement.name });
    taken.add(judgement.name);
  }
  // Copies that were stored once are other tensors on purpose.
  const ties = findTies(
    [...judgements].flatMap(([name, { role }]) => {
      const initialiser = file.initialisers.get(name);
      return initialiser && role === 'parameter'
        ? [{ name, tensor: initialiser.tensor, mayFollow: isGenerated(name) }]
        : [];
    }),
  );
  const copies = [...graph.initialisers.keys()].filter(
    (name) =>
      isGenerated(name) &&
      !file.initialisers.has(name) &&
      !isUniform((graph.initialisers.get(name) as Initialiser).tensor),
  );
  return {
    graph,
    judgements,
    foldedNorms: norms.map(layerName),
    warnings: copies.length > 0 ? [copyWarning(copies)] : [],
    ties,
    paddingRows: paddingOf(graph, judgements),
  };
}

function copyWarning(copies: readonly string[]): string {
  return (
    `The file stores some tensors once that are equal at different layers (${listOf(copies)}): they are taken for copies that are ` +
    'learned separately, as those of nn.TransformerEncoder are before training.'
  );
}

/** Modules that nodes and tensors belong to. */
class Scopes {
  private readonly modules: ReadonlySet<string>;
  private readonly uses: ReadonlyMap<string, readonly Use[]>;

  constructor(graph: OnnxGraph) {
    const named = [...graph.initialisers.keys(), ...graph.nodes.flatMap(({ outputs }) => outputs)].filter(
      (name) => !isGenerated(name),
    );
    this.modules = new Set(named.map((name) => name.slice(0, Math.max(0, name.lastIndexOf('.')))));
    this.uses = usesOf(graph.nodes);
  }

  /** Whether two computed tensors are read by different modules, and not by two calls of one. */
  isOther(source: string, copy: string): boolean {
    const first = this.modulesThatRead(source);
    return !this.modulesThatRead(copy).some((module) => first.includes(module));
  }

  /** An Identity stands for the copy, not for the source. */
  private modulesThatRead(name: string): string[] {
    const direct = (this.uses.get(name) ?? []).filter(({ node }) => node.opType !== 'Identity');
    return direct.map(({ node }) => moduleOf(scopeOf(node), (scope) => this.modules.has(scope)));
  }
}

function judgeNamed(
  name: string,
  { tensor }: Initialiser,
  uses: readonly Use[],
  inputs: ReadonlySet<string>,
): Judgement {
  const structure = looseStructureOf(tensor, uses);
  const says = whatNameSays(name);
  if (says === 'learned' && structure !== 'a table of sinusoids') return parameter(name);
  if (structure) return constant(name, structure, structure === 'a mask' ? null : 'constant');
  if (says === 'stored') return constant(name, 'called as buffers are', 'constant');
  const projects = uses.some(
    ({ node, position }) => node.opType === 'MatMul' && position === 1 && inputs.has(node.inputs[0] ?? ''),
  );
  if (projects) return constant(name, 'a fixed projection of the inputs', 'constant');
  return parameter(name, 'unnamed');
}

const normalisations: ReadonlySet<string> = new Set([
  'LayerNormalization',
  'InstanceNormalization',
  'GroupNormalization',
]);
const recurrent: ReadonlySet<string> = new Set(['LSTM', 'GRU', 'RNN']);
/** The first inputs of a recurrent layer that are its initial state. */
const firstState = 5;

/** Of a tensor that the exporter computed, from the state of the module or from the numbers of the formula. */
function judgeComputed(
  name: string,
  { tensor }: Initialiser,
  uses: readonly Use[],
  nodesOf: ReadonlyMap<string, readonly OnnxNode[]>,
): Judgement {
  const structure = looseStructureOf(tensor, uses);
  if (structure) return constant(name, structure, structure === 'a mask' ? null : 'constant');
  const [use] = uses;
  const scope = use ? scopeOf(use.node) : '';
  const called = (leaf: string): string => (scope === '' ? name : `${scope}.${leaf}`);
  if (!use) return constant(name, 'not used');
  const { node, position } = use;
  const nodes = nodesOf.get(scope) ?? [];
  if (recurrent.has(node.opType)) {
    return position < firstState ? parameter(name) : constant(name, 'the initial state');
  }
  if (normalisations.has(node.opType)) {
    return isUniform(tensor)
      ? constant(name, 'filler of a normalisation')
      : parameter(called(position === 1 ? 'weight' : 'bias'));
  }
  if (node.opType === 'PRelu') return parameter(called('weight'));
  if (isLinear(use, scope, nodes)) return parameter(called('weight'));
  // GroupNorm: Reshape, InstanceNormalization, Reshape, Mul, Add in one module.
  const isGroupNorm = nodes.some(({ opType }) => opType === 'InstanceNormalization');
  if (isGroupNorm && node.opType === 'Mul') return parameter(called('weight'));
  if (isGroupNorm && node.opType === 'Add') return parameter(called('bias'));
  if (tensor.values.length === 1) return constant(name, 'a single number', 'constant');
  const preimage = throughSoftmax(tensor) ?? throughTable(tensor);
  return { ...parameter(name, 'computed'), ...(preimage && { preimage }) };
}

/** The transposed weight of nn.Linear on sequences: a product alone in its module, or one to which a bias of the same module is added. */
function isLinear({ node, position }: Use, scope: string, nodes: readonly OnnxNode[]): boolean {
  if (node.opType !== 'MatMul' || position !== 1 || scope === '') return false;
  const isBias = (input: string): boolean => input.startsWith(`${scope}.`) && input.endsWith('bias');
  const hasBias = nodes.some(
    ({ opType, inputs }) => opType === 'Add' && inputs.includes(node.outputs[0] ?? '') && inputs.some(isBias),
  );
  return hasBias || nodes.every(({ opType }) => opType === 'MatMul');
}

/** A row of zeros in a table of embeddings, at the start or the end, is what padding_idx leaves behind. */
function paddingOf(
  { nodes, initialisers }: OnnxGraph,
  judgements: ReadonlyMap<string, Judgement>,
): Map<string, readonly number[]> {
  const rows = new Map<string, readonly number[]>();
  for (const { opType, inputs, outputs } of nodes) {
    const [table = ''] = inputs;
    const tensor = initialisers.get(table)?.tensor;
    if (opType !== 'Gather' || !tensor || judgements.get(table)?.role !== 'parameter' || tensor.shape.length !== 2)
      continue;
    const [count = 0, width = 1] = tensor.shape;
    const isZero = (row: number): boolean =>
      tensor.values.subarray(row * width, (row + 1) * width).every((value) => value === 0);
    const zeros = Array.from({ length: count }, (_, row) => row).filter(isZero);
    if (zeros.length === 1 && count > 1) rows.set(outputs[0] ?? '', zeros);
  }
  return rows;
}
