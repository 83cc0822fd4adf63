/**
 * Which tensors of an ONNX file are learned. In this order: what the user says, what the file says (the metadata of ritz.export_onnx,
 * then the notes of PyTorch's exporter), and rules about names and uses that can say why.
 */
import { sizeOf, type Shape } from '../../../graph/Node.ts';
import { showShape } from '../../../graph/shape.ts';
import type { NamedShape } from '../../../model/Model.ts';
import type { Provenance, TakenConstant } from '../../TrainedModel.ts';
import { readNetworkMetadata } from '../metadata.ts';
import type { Initialiser, OnnxGraph } from '../OnnxGraph.ts';
import { exportedProgram } from '../origin/exportedProgram.ts';
import { foldedNormWarning } from './foldedNorms.ts';
import { readFromMetadata } from './fromMetadata.ts';
import { hasScopes, readFromNames } from './fromNames.ts';
import { readFromProgram } from './fromProgram.ts';
import { readFromUses } from './fromUses.ts';
import { listOf, type Doubt, type Judgement, type Reading, type Role } from './Judgement.ts';
import { composed, withoutRows, type Preimage } from './preimage.ts';
import { selectTensors } from './selection.ts';

export interface RoleOptions {
  /** Patterns of what is learned; left out: by the file and by rules. */
  readonly parameters?: readonly string[];
  /** Patterns of what is not differentiated. */
  readonly freeze?: readonly string[];
}

export interface Declared extends NamedShape {
  readonly initialiser: string;
  readonly values: Float64Array;
  /** The initialiser as a function of what is declared; null: they are the same. */
  readonly build: Preimage['build'] | null;
}

export interface Roles {
  readonly graph: OnnxGraph;
  readonly parameters: readonly Declared[];
  readonly buffers: readonly Declared[];
  /** Initialisers that follow another one: the key has the value's elements, perhaps in another order of axes. */
  readonly ties: ReadonlyMap<string, string>;
  readonly paddingRows: Reading['paddingRows'];
  readonly provenance: Provenance;
}

/** Throws an EstimationError: BAD_OPTION for a pattern that matches nothing, BAD_FILE for metadata that contradicts the file. */
export function assignRoles(file: OnnxGraph, options: RoleOptions): Roles {
  const metadata = readNetworkMetadata(file.properties);
  const reading = readFile(file, metadata);
  const tensors = tensorsOf(reading);
  const chosen = choose(tensors, options);
  const declared = (role: Role): Declared[] =>
    chosen.filter((tensor) => tensor.role === role && !reading.ties.has(tensor.initialiser)).map(declaredOf);
  const parameters = declared('parameter');
  const isSaid = metadata !== null || options.parameters !== undefined;
  const warnings = [
    ...foldedNormWarning(reading.foldedNorms),
    ...reading.warnings,
    ...(isSaid ? [] : doubts(tensors, chosen, reading.ties)),
    ...(isSaid || (options.freeze ?? []).length > 0 ? [] : [unknownFreezing]),
    ...reducedPrecision(reading.graph, parameters),
  ];
  return {
    graph: reading.graph,
    parameters,
    buffers: declared('buffer'),
    ties: reading.ties,
    paddingRows: reading.paddingRows,
    provenance: { constants: constantsOf(chosen), foldedNorms: reading.foldedNorms, warnings },
  };
}

function readFile(file: OnnxGraph, metadata: ReturnType<typeof readNetworkMetadata>): Reading {
  if (metadata) return readFromMetadata(file, metadata);
  const program = exportedProgram(file.annotations);
  if (program) return readFromProgram(file, program);
  return file.producer === 'pytorch' && hasScopes(file) ? readFromNames(file) : readFromUses(file);
}

interface Tensor extends Judgement {
  readonly initialiser: string;
  readonly shape: Shape;
  readonly values: Float64Array;
  /** Rows that are not differentiated, and not counted. */
  readonly frozenRows: readonly number[];
}

/** In the order in which the graph first uses them. */
function tensorsOf({ graph, judgements }: Reading): Tensor[] {
  return [...judgements].map(([initialiser, judgement]) => {
    const { shape, values } = (graph.initialisers.get(initialiser) as Initialiser).tensor;
    return { ...judgement, initialiser, shape, values, frozenRows: [] };
  });
}

function choose(tensors: readonly Tensor[], { parameters, freeze = [] }: RoleOptions): Tensor[] {
  const selectable = tensors.map(({ name, initialiser, shape, preimage }) => ({
    names: [name, initialiser],
    shape: preimage?.shape ?? shape,
  }));
  const wanted = parameters && selectTensors(selectable, parameters, 'parameters');
  const frozen = selectTensors(selectable, freeze, 'freeze');
  const range = (length = 0): number[] => Array.from({ length }, (_, row) => row);
  return tensors.map((tensor, position) => {
    const { shape, reason } = tensor;
    let { role } = tensor;
    let kept: readonly number[] | null = null;
    let why = reason;
    if (wanted) {
      const selected = wanted.get(position);
      if (selected) [role, kept] = ['parameter', selected.rows];
      else if (role === 'parameter') [role, why] = ['buffer', 'not among the parameters that were chosen'];
    }
    const selected = frozen.get(position);
    if (selected?.rows === null && role === 'parameter') [role, why] = ['buffer', 'frozen by option'];
    if (role !== 'parameter') return { ...tensor, role, reason: why, preimage: undefined };
    const outside = kept === null ? [] : range(shape[0]).filter((row) => !kept.includes(row));
    return {
      ...tensor,
      role,
      reason: '',
      frozenRows: [...new Set([...outside, ...(selected?.rows ?? [])])].sort((a, b) => a - b),
    };
  });
}

function declaredOf({ name, initialiser, shape, values, preimage, frozenRows }: Tensor): Declared {
  const whole = preimage ?? { shape, values };
  if (frozenRows.length === 0)
    return { name, initialiser, shape: whole.shape, values: whole.values, build: preimage?.build ?? null };
  const rows = withoutRows(whole, frozenRows);
  const { build } = preimage ? composed(preimage, rows) : rows;
  return { name, initialiser, shape: rows.shape, values: rows.values, build };
}

/** Single numbers of formulas are left out. */
function constantsOf(tensors: readonly Tensor[]): TakenConstant[] {
  return tensors.flatMap(({ name, shape, role, reason, doubt, frozenRows }) => {
    if (role !== 'parameter')
      return sizeOf(shape) > 1 || doubt !== null || role === 'buffer' ? [{ name, shape, reason }] : [];
    if (frozenRows.length === 0) return [];
    const rows = { name: `${name}[${listOf(frozenRows.map(String))}]`, shape: shape.with(0, frozenRows.length) };
    return [{ ...rows, reason: 'frozen rows' }];
  });
}

const unknownFreezing =
  'The file does not record which parameters are trained (requires_grad, padding_idx): all that were found are taken. Freeze those that are not, ' +
  'or export the network with ritz.export_onnx.';

const sentences: Readonly<Record<Doubt, (list: string) => string>> = {
  computed: (list) =>
    `Computed by the exporter from parameters that are not in the file (weight norm, slices, arithmetic on weights): ${list}. ` +
    'The matrix is taken over these tensors, which may not be the parameters of the network. Export it with ritz.export_onnx.',
  unnamed: (list) =>
    `Taken for parameters although neither their names nor their uses tell: ${list}. Freeze them if they are not learned.`,
  constant: (list) =>
    `Taken for constants, not for parameters: ${list}. Name them among the parameters if they are learned.`,
};

/** One sentence for each kind of doubt that the user has not settled. */
function doubts(tensors: readonly Tensor[], chosen: readonly Tensor[], ties: ReadonlyMap<string, string>): string[] {
  return (Object.keys(sentences) as Doubt[]).flatMap((doubt) => {
    const open = tensors.filter(
      (tensor, position) =>
        tensor.doubt === doubt && chosen[position]?.role === tensor.role && !ties.has(tensor.initialiser),
    );
    const list = open.map(
      ({ name, shape, reason }) => `${name} ${showShape(shape)}${reason === '' ? '' : ` (${reason})`}`,
    );
    return open.length === 0 ? [] : [sentences[doubt](listOf(list))];
  });
}

function reducedPrecision({ initialisers }: OnnxGraph, parameters: readonly Declared[]): string[] {
  const types = new Set(parameters.flatMap(({ initialiser }) => initialisers.get(initialiser)?.storedAs ?? []));
  if (types.size === 0) return [];
  return [
    `Weights are stored as ${[...types].join(' and ')}: the point measured is rounded to about 3 digits of the trained one.`,
  ];
}
