/** What is learned, as the notes of PyTorch's dynamo exporter tell: every tensor of the program, and what was computed ahead from which. */
import type { Shape } from '../../../graph/Node.ts';
import type { ExportedProgram, ProgramCall, ProgramTensor } from '../origin/exportedProgram.ts';
import type { Initialiser, OnnxGraph, OnnxNode } from '../OnnxGraph.ts';
import { resolveCopies } from './copies.ts';
import { isRunningStatistic } from './fromUses.ts';
import { constant, listOf, parameter, runningStatistic, type Judgement, type Reading } from './Judgement.ts';
import { throughFunction, throughTable, type Preimage } from './preimage.ts';
import { differentiable, finalUses, usesOf, type Use } from './reach.ts';
import { isUniform } from './structure.ts';
import { findTies } from './ties.ts';
import { leafOf } from './vocabulary.ts';

export function readFromProgram(file: OnnxGraph, program: ExportedProgram): Reading {
  const whole = restoreBiases(file, program);
  const graph = resolveCopies(whole, {
    isOther: (_, { tensor }) => isUniform(tensor),
    standsFor: ({ name, node }) => otherTensor(name, node, whole, program),
  });
  const uses = usesOf(graph.nodes);
  const reached = differentiable(graph);
  const byName = new Map([...program.tensors.values()].map((tensor) => [tensor.name, tensor]));
  const judgements = new Map<string, Judgement>();
  const taken = new Set<string>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) {
    const initialiser = graph.initialisers.get(name);
    if (initialiser?.tensor.type !== 'float' || judgements.has(name)) continue;
    const final = finalUses(name, uses);
    if (isRunningStatistic(final)) judgements.set(name, runningStatistic(name));
    else if (reached.has(name))
      judgements.set(name, unique(judge(name, initialiser, final, program, byName), name, taken));
  }
  return {
    graph,
    judgements,
    foldedNorms: foldedNormsOf(graph, program),
    warnings: warningsOf(graph, program, judgements),
    ties: tiesOf(whole, judgements),
    paddingRows: paddingOf(graph, program),
  };
}

function isFusedNorm({ rewrittenBy }: ProgramCall): boolean {
  return rewrittenBy !== null && /batch_?norm/i.test(rewrittenBy);
}

/** Channels that a layer puts out, by operator; its bias is input 2. */
const outputsOf: Readonly<Record<string, (weight: Shape, node: OnnxNode) => number | undefined>> = {
  Conv: (weight) => weight[0],
  ConvTranspose: (weight, { attributes }) => (weight[1] ?? 1) * Number(attributes.get('group') ?? 1),
  Gemm: (weight, { attributes }) => weight.at(attributes.get('transB') === 1 ? 0 : 1),
};

/** The exporter leaves out a bias of zeros (`RemoveOptionalBiasFromGemm`), which is learned all the same. */
function restoreBiases(graph: OnnxGraph, program: ExportedProgram): OnnxGraph {
  const initialisers = new Map(graph.initialisers);
  const nodes = graph.nodes.map((node): OnnxNode => {
    const call = program.calls.get(node.outputs[0] ?? '');
    const weight = initialisers.get(node.inputs[1] ?? '')?.tensor.shape;
    if (!call?.rewrittenBy?.startsWith('RemoveOptionalBias') || !weight || (node.inputs[2] ?? '') !== '') return node;
    const bias = tensorsOf(call, program).find(({ name }) => leafOf(name).endsWith('bias'));
    const length = outputsOf[node.opType]?.(weight, node);
    if (!bias || length === undefined) return node;
    const values = new Float64Array(length);
    initialisers.set(bias.name, { tensor: { shape: [length], type: 'float', values }, fromNode: false });
    return { ...node, inputs: [...node.inputs.slice(0, 2), bias.name] };
  });
  return { ...graph, initialisers, nodes };
}

function unique(judgement: Judgement, name: string, taken: Set<string>): Judgement {
  const own = taken.has(judgement.name) ? { ...judgement, name } : judgement;
  taken.add(own.name);
  return own;
}

/** The tensors of the module that a node was called with. */
function tensorsOf({ operands }: ProgramCall, { tensors }: ExportedProgram): ProgramTensor[] {
  return operands.flatMap((operand) => tensors.get(operand) ?? []);
}

/** The tensors of the module that an initialiser is, or was computed from. */
function sourcesOf(name: string, { tensors, foldedFrom }: ExportedProgram): ProgramTensor[] {
  const names = new Set([name, ...(foldedFrom.get(name) ?? [])]);
  return [...tensors.values()].filter((tensor) => names.has(tensor.name));
}

/**
 * The exporter stores tensors of equal elements once. The call says which tensor it meant: another one when the stored one is not
 * among its operands, and one of them is called alike (`1.weight`, `4.weight`).
 */
function otherTensor(
  name: string,
  node: OnnxNode,
  { initialisers }: OnnxGraph,
  program: ExportedProgram,
): string | null {
  const call = program.calls.get(node.outputs[0] ?? '');
  const [source, ...rest] = sourcesOf(name, program);
  if (!call || isFusedNorm(call) || call.operands.includes(name) || !source || rest.length > 0) return null;
  const meant = tensorsOf(call, program);
  if (meant.length === 0 || meant.some((tensor) => tensor.name === source.name)) return null;
  const alike = meant.filter((tensor) => leafOf(tensor.name) === leafOf(source.name));
  const [only, ...others] = alike.length > 0 ? alike : meant;
  if (!only || others.length > 0) return null;
  return initialisers.has(only.name) ? `${only.name} (${name})` : only.name;
}

/** Values of the program that only change the form of a tensor. */
const formOnly =
  /^(transpose|permute|t|view|reshape|flatten|unsqueeze|squeeze|contiguous|clone|detach|alias|to|_to_copy|lift_fresh_copy|val|cat|stack)(_\d+)*$/;

/** Operators whose preparation by the exporter only changes the form of their operands. */
const prepared =
  /^aten\.(linear|matmul|mm|bmm|addmm|conv\w*|_convolution|convolution|group_norm|native_group_norm|layer_norm|native_layer_norm|instance_norm|batch_norm\w*|_native_batch_norm\w*|embedding|prelu|_prelu_kernel|lstm|gru|rnn_tanh|rnn_relu|mul|sub|div|rms_norm|multi_head_attention_forward|scaled_dot_product_attention)\./;

function judge(
  name: string,
  { tensor }: Initialiser,
  uses: readonly Use[],
  program: ExportedProgram,
  byName: ReadonlyMap<string, ProgramTensor>,
): Judgement {
  const own = byName.get(name);
  if (own) return own.kind === 'parameter' ? parameter(name) : constant(name, reasons[own.kind]);
  const sources = sourcesOf(name, program);
  const parameters = sources.filter(({ kind }) => kind === 'parameter');
  const [first] = parameters;
  if (!first) {
    const named = sources.map((source) => source.name);
    const from = named.length > 0 ? `computed from ${listOf(named)}` : 'a number of the formula';
    return constant(
      name,
      tensor.values.length > 1 && named.length === 0 ? 'computed from numbers of the formula' : from,
    );
  }
  // A split copy is called `4.weight (val_3)`.
  const isOnlyForm = sources.length === parameters.length && isForm(name, uses, program, parameters);
  const called = parameters.length === 1 ? first.name : name;
  if (isOnlyForm) return parameter(called);
  const preimage = sources.length === 1 ? preimageOf(name, tensor, first, program) : null;
  if (preimage) return { ...parameter(first.name, preimage.doubt), preimage: preimage.preimage };
  return parameter(name, 'computed');
}

/** Values inside the exporter's own version of a function. */
const insideFunction = /^(val|beta|threshold|self_scaled|softplus|tmp)(_\w+)*$/;
const lookup = /^(index|embedding|gather|index_select)(_\d+)*$/;

/** Of a tensor that is one function of one parameter, or was looked up in it. */
function preimageOf(
  name: string,
  tensor: Initialiser['tensor'],
  source: ProgramTensor,
  { foldedFrom }: ExportedProgram,
): { readonly preimage: Preimage; readonly doubt: Judgement['doubt'] } | null {
  const between = (foldedFrom.get(name) ?? []).filter((step) => step !== source.name && !formOnly.test(step));
  const [, operator = ''] = /^([a-z]+?)(?:_\d+)*$/.exec(name) ?? [];
  const isOne = between.every((step) => insideFunction.test(step));
  const direct = isOne ? throughFunction(tensor, operator) : null;
  if (direct) return { preimage: direct, doubt: null };
  const isLookup = [name, ...between].filter((step) => !formOnly.test(step)).every((step) => lookup.test(step));
  const table = isLookup ? throughTable(tensor) : null;
  return table && { preimage: table, doubt: 'computed' };
}

const reasons: Readonly<Record<Exclude<ProgramTensor['kind'], 'parameter'>, string>> = {
  buffer: 'a buffer',
  constant: 'a constant of the program',
};

function isForm(
  name: string,
  uses: readonly Use[],
  program: ExportedProgram,
  parameters: readonly ProgramTensor[],
): boolean {
  const steps = [name, ...(program.foldedFrom.get(name) ?? [])];
  const names = new Set([...program.tensors.values()].map((tensor) => tensor.name));
  if (steps.every((step) => names.has(step) || formOnly.test(step))) {
    const isInternal = /^val_\d+$/.test(name);
    if (!isInternal) return true;
  }
  return uses.every(({ node }) => {
    const call = program.calls.get(node.outputs[0] ?? '');
    if (!call || !prepared.test(call.target)) return false;
    const given = tensorsOf(call, program).map((tensor) => tensor.name);
    return parameters.every((tensor) => given.includes(tensor.name));
  });
}

function warningsOf(
  { nodes }: OnnxGraph,
  program: ExportedProgram,
  judgements: ReadonlyMap<string, Judgement>,
): string[] {
  const present = new Set([...judgements].flatMap(([name]) => sourcesOf(name, program).map((tensor) => tensor.name)));
  for (const name of judgements.keys()) present.add(name);
  const calls = nodes.flatMap(({ outputs }) => program.calls.get(outputs[0] ?? '') ?? []);
  const gone = new Set(
    calls
      .filter((call) => !isFusedNorm(call))
      .flatMap((call) => tensorsOf(call, program))
      .filter(({ kind, name }) => kind === 'parameter' && !present.has(name))
      .map(({ name }) => name),
  );
  return gone.size === 0
    ? []
    : [`The exporter folded ${listOf([...gone])} into other tensors: the file does not hold them.`];
}

function foldedNormsOf({ nodes }: OnnxGraph, { calls }: ExportedProgram): string[] {
  const norms = nodes.flatMap(({ outputs }) => calls.get(outputs[0] ?? '') ?? []).filter(isFusedNorm);
  return norms.map(({ scopes }) => scopes.at(-2) ?? 'a layer');
}

function tiesOf({ initialisers }: OnnxGraph, judgements: ReadonlyMap<string, Judgement>): Map<string, string> {
  return findTies(
    [...judgements].flatMap(([name, { role }]) => {
      const tensor = initialisers.get(name)?.tensor;
      return tensor && role === 'parameter' ? [{ name, tensor, mayFollow: isComputed(name) }] : [];
    }),
  );
}

/** Split copies (`4.weight (val_3)`) are other tensors on purpose. */
function isComputed(name: string): boolean {
  return /^\w+$/.test(name);
}

/** `aten.embedding.default(args = (%weight, %indices, 0))`: the third argument is padding_idx. */
function paddingOf({ nodes }: OnnxGraph, { calls }: ExportedProgram): Map<string, readonly number[]> {
  return new Map(
    nodes.flatMap(({ opType, outputs }) => {
      const call = calls.get(outputs[0] ?? '');
      const row =
        opType === 'Gather' && call?.target.startsWith('aten.embedding.') ? /^%\w+, %\w+, (\d+)/.exec(call.text) : null;
      return row ? [[outputs[0] ?? '', [Number(row[1])]] as const] : [];
    }),
  );
}
