/** An ONNX file as a model: its float initialisers are the parameters. */
import { EstimationError } from '../../error/EstimationError.ts';
import { createGraph } from '../../graph/createGraph.ts';
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node, Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import { applyModel, batchOutputShape } from '../../model/applyModel.ts';
import type { Model } from '../../model/Model.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { concatenated, type RemovableActivation, type TakenConstant, type TrainedModel } from '../TrainedModel.ts';
import { decodeOnnx } from './decode.ts';
import { endingAxis, endingOf, withoutEnding } from './ending.ts';
import { indexBound } from './indexBound.ts';
import { initialValues, withPaddedTables } from './initialValues.ts';
import { readNetworkMetadata, type NetworkMetadata } from './metadata.ts';
import type { OnnxGraph, OnnxInput } from './OnnxGraph.ts';
import { assignRoles, type Declared } from './roles/assignRoles.ts';
import { differentiable } from './roles/reach.ts';
import { chooseInputs, chooseOutput, elementOf, fixedValues, inputsRead, type GivenShapes } from './signature.ts';
import type { ExternalData } from './tensor.ts';
import { checkOperators, neededFor, outputOf, translate } from './translate.ts';
import type { Constant, Value } from './Value.ts';

export interface OnnxOptions extends GivenShapes {
  readonly name?: string;
  /** The output that the loss is of: needed where the file has several. */
  readonly output?: string;
  readonly withoutFinal?: RemovableActivation;
  /** Names and patterns (`encoder.*`, `embed.weight[0]`) of what is differentiated. Left out: as the file says, else by rules. */
  readonly parameters?: readonly string[];
  /** The same of what is not: frozen layers, fixed encodings, rows of padding. */
  readonly freeze?: readonly string[];
}

/** An ONNX file that was decoded, to ask what it takes before it is read. */
export interface OpenedOnnx {
  /** Names. */
  readonly outputs: readonly string[];
  /** What the exporter says of the network; null where it says nothing. */
  readonly metadata: NetworkMetadata | null;
  /** Those that an output depends on, in the order of the file. Throws an EstimationError (BAD_OPTION) as `read`. */
  inputsOf(output: string | undefined): readonly OnnxInput[];
  /**
   * What the network learns becomes its parameters (`assignRoles`), in the order in which it uses them; running statistics and frozen
   * tensors become buffers; other numbers stay constants. Throws an EstimationError: BAD_FILE, UNSUPPORTED naming the node (or the opset,
   * a fixed batch), BAD_OPTION also for inputs and outputs that have to be named, SHAPE for an input shape that does not fit.
   */
  read(options?: OnnxOptions): TrainedModel;
}

/** `external` reads files next to the model, for tensors that are stored outside of it. Throws an EstimationError (BAD_FILE, …). */
export function openOnnx(bytes: Uint8Array, external: ExternalData = noExternalData): OpenedOnnx {
  const file = decodeOnnx(bytes, external);
  return {
    outputs: file.outputs,
    metadata: readNetworkMetadata(file.properties),
    inputsOf: (output) => inputsRead(file, neededFor(file, chooseOutput(file, output))),
    read: (options = {}) => read(file, options),
  };
}

/** As `OpenedOnnx.read`. */
export function readOnnx(
  bytes: Uint8Array,
  { external, ...options }: OnnxOptions & { readonly external?: ExternalData } = {},
): TrainedModel {
  return openOnnx(bytes, external).read(options);
}

function read(whole: OnnxGraph, options: OnnxOptions): TrainedModel {
  const { name = 'onnx', withoutFinal } = options;
  const output = chooseOutput(whole, options.output);
  const ending = endingOf(whole, output);
  const isRemoved = ending !== null && ending.activation === withoutFinal;
  const file = isRemoved ? withoutEnding(whole, ending) : whole;
  const needed = neededFor(file, output);
  checkOperators(needed, file.initialisers);
  const roles = assignRoles({ ...file, nodes: needed, outputs: [output] }, options);
  const { graph } = roles;
  const { nodes } = withPaddedTables(roles);
  const inputs = inputsRead(graph, nodes);
  const { main, mainShape, others } = chooseInputs(inputs, options);
  const fixed = fixedValues(inputs, options);
  const kinds = new Map([
    ...roles.parameters.map((tensor) => [tensor.name, 'parameter'] as const),
    ...roles.buffers.map((tensor) => [tensor.name, 'buffer'] as const),
  ]);
  const valuesIn: ForwardValues = (builder, inputs, state) => {
    const fed = others.map((input) => [input.name, state.input(input.name)] as const);
    const known = new Map<string, Value>([
      [main.name, inputs],
      ...fed,
      ...fixed,
      ...initialValues(roles, builder, state),
    ]);
    const [examples = 1] = inputs.shape;
    const exportedExamples = main.shape[0] ?? null;
    const { opset } = graph;
    return translate(nodes, known, { graph: builder, state, roles: kinds, opset, examples, exportedExamples });
  };
  const model: Model = {
    name,
    parameters: roles.parameters,
    buffers: roles.buffers,
    inputShape: mainShape,
    inputType: elementOf(main),
    otherInputs: others.map((input) => ({ name: input.name, shape: input.shape, type: input.type })),
    forward: (builder, inputs, state) => outputOf(valuesIn(builder, inputs, state), output),
  };
  checkBatches(model, main);
  if (model.parameters.length === 0) throw withoutParameters(options.freeze ?? []);
  const values = valuesOfOne(model, valuesIn);
  const otherBounds = others.flatMap(({ declared }) => {
    const bound = indexBound(graph, declared, values);
    return bound ? [[declared.name, bound] as const] : [];
  });
  return {
    model,
    parameters: valuesOf(roles.parameters),
    buffers: valuesOf(roles.buffers),
    batchNorm: batchNormMode(graph, main),
    inputBound: indexBound(graph, main, values)?.below ?? null,
    otherBounds: Object.fromEntries(otherBounds),
    output,
    provenance: { ...roles.provenance, constants: [...roles.provenance.constants, ...fixedConstants(fixed)] },
    ending: ending && { activation: ending.activation, axis: endingAxis(ending, values, graph.opset) },
    finalActivationRemoved: isRemoved,
  };
}

function fixedConstants(fixed: ReadonlyMap<string, Constant>): TakenConstant[] {
  return [...fixed].map(([name, { shape }]) => ({ name, shape, reason: 'an input that is the same for all examples' }));
}

type ForwardValues = (graph: GraphBuilder, inputs: Node, state: ModelState) => ReadonlyMap<string, Value>;

/** The values of one example by their names in the file, for their shapes. */
function valuesOfOne(model: Model, valuesIn: ForwardValues): ReadonlyMap<string, Value> {
  let values: ReadonlyMap<string, Value> = new Map();
  const forward: Model['forward'] = (graph, inputs, state) => {
    values = valuesIn(graph, inputs, state);
    return inputs;
  };
  applyModel(createGraph(), { ...model, forward }, 1, 'running');
  return values;
}

function withoutParameters(freeze: readonly string[]): EstimationError {
  const why = freeze.length > 0 ? `once these are frozen: ${freeze.join(', ')}` : '(weights among its initialisers)';
  const advice = freeze.length > 0 ? 'Leave one to differentiate.' : 'Export it with export_params=True.';
  return new EstimationError('UNSUPPORTED', `The ONNX file has no parameters ${why}. ${advice}`);
}

const noExternalData: ExternalData = (location) => {
  throw new EstimationError('BAD_FILE', `The ONNX model keeps tensors in the file "${location}", which was not given.`);
};

/** Throws an EstimationError (BAD_FILE) that names the first element which is no finite number. */
function valuesOf(tensors: readonly Declared[]): Float64Array {
  for (const { name, shape, values } of tensors) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    const place = `element ${bad} of "${name}" ${showShape(shape)} is ${values[bad]}`;
    throw new EstimationError('BAD_FILE', `Expected finite weights: ${place}. Export a sound checkpoint.`);
  }
  return concatenated(tensors.map(({ values }) => values));
}

/** `minibatch` also where the graph itself computes the statistics of the batch, as for norms that track none. */
function batchNormMode({ nodes }: OnnxGraph, input: OnnxInput): TrainedModel['batchNorm'] {
  const norms = nodes.filter(({ opType }) => opType === 'BatchNormalization');
  if (norms.length === 0) return null;
  const ofBatch = norms.some(({ attributes, inputs }) => {
    if (attributes.get('training_mode') === 1) return true;
    return differentiable({ nodes, outputs: [inputs[3] ?? ''] }).has(input.name);
  });
  return ofBatch ? 'minibatch' : 'running';
}

/** Builds the network for one and for two examples: any error in it shows here, not in the middle of a run. */
function checkBatches(model: Model, input: OnnxInput): void {
  for (const examples of new Set([input.shape[0] ?? 2, 1, 2])) {
    const shape = tryForward(model, examples, input);
    if (shape[0] === examples || shape.length === 0) continue;
    throw fixedBatch(input, `${examples} examples give an output of shape ${showShape(shape)}`);
  }
}

function tryForward(model: Model, examples: number, input: OnnxInput): Shape {
  try {
    return batchOutputShape(model, examples);
  } catch (error) {
    const fixed = input.shape[0];
    if (!(error instanceof EstimationError) || error.code !== 'SHAPE' || fixed === null || fixed === examples)
      throw error;
    throw fixedBatch(input, error.message);
  }
}

function fixedBatch({ name, shape }: OnnxInput, why: string): EstimationError {
  const advice = 'Export it with a dynamic first axis (dynamic_axes or dynamic_shapes of torch.onnx.export)';
  return new EstimationError(
    'UNSUPPORTED',
    `The ONNX file computes with batches of ${shape[0] ?? 'another size'} only (input "${name}"): ${why} ${advice}.`,
  );
}
