/** An ONNX file as a model: its float initialisers are the parameters. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import { batchOutputShape } from '../../model/applyModel.ts';
import type { Model } from '../../model/Model.ts';
import { concatenated, type FinalActivation, type TrainedModel } from '../TrainedModel.ts';
import { decodeOnnx } from './decode.ts';
import { initialValues, withPaddedTables } from './initialValues.ts';
import type { OnnxGraph, OnnxInput, OnnxNode } from './OnnxGraph.ts';
import { assignRoles, type Declared } from './roles/assignRoles.ts';
import { differentiable } from './roles/reach.ts';
import type { ExternalData } from './tensor.ts';
import { checkOperators, neededFor, translate } from './translate.ts';
import type { Value } from './Value.ts';

export interface OnnxOptions {
  readonly name?: string;
  /** Shape of one example: needed where the file leaves lengths open, checked where it does not. */
  readonly inputShape?: Shape;
  readonly withoutFinal?: FinalActivation;
  /** Names and patterns (`encoder.*`, `embed.weight[0]`) of what is differentiated. Left out: as the file says, else by rules. */
  readonly parameters?: readonly string[];
  /** The same of what is not: frozen layers, fixed encodings, rows of padding. */
  readonly freeze?: readonly string[];
  /** Reads files next to the model, for tensors that are stored outside of it. */
  readonly external?: ExternalData;
}

/**
 * What the network learns becomes its parameters (`assignRoles`), in the order in which it uses them; running statistics and frozen
 * tensors become buffers; other numbers stay constants. Throws an EstimationError: BAD_FILE, BAD_OPTION, UNSUPPORTED naming the node
 * (or the opset, the number of inputs, a fixed batch), SHAPE for an input shape that does not fit.
 */
export function readOnnx(bytes: Uint8Array, options: OnnxOptions = {}): TrainedModel {
  const { name = 'onnx', withoutFinal } = options;
  const file = decodeOnnx(bytes, options.external ?? noExternalData);
  const declared = file.outputs[0] ?? '';
  const output = withoutFinal ? beforeFinal(file, declared, withoutFinal) : declared;
  const needed = neededFor(file, output);
  checkOperators(needed);
  const roles = assignRoles({ ...file, nodes: needed, outputs: [output] }, options);
  const { graph } = roles;
  const { nodes } = withPaddedTables(roles);
  const input = onlyInput(graph, nodes);
  const kinds = new Map([
    ...roles.parameters.map((tensor) => [tensor.name, 'parameter'] as const),
    ...roles.buffers.map((tensor) => [tensor.name, 'buffer'] as const),
  ]);
  const model: Model = {
    name,
    parameters: roles.parameters,
    buffers: roles.buffers,
    inputShape: resolveInputShape(input, options.inputShape),
    inputType: input.type,
    forward: (builder, inputs, state) => {
      const known = new Map<string, Value>([[input.name, inputs], ...initialValues(roles, builder, state)]);
      const examples = inputs.shape[0] ?? 1;
      const scope = {
        graph: builder,
        state,
        roles: kinds,
        opset: graph.opset,
        examples,
        exportedExamples: input.shape[0] ?? null,
      };
      return translate(nodes, known, output, scope);
    },
  };
  checkBatches(model, input);
  if (model.parameters.length === 0) throw withoutParameters(options.freeze ?? []);
  return {
    model,
    parameters: valuesOf(graph, roles.parameters),
    buffers: valuesOf(graph, roles.buffers),
    batchNorm: batchNormMode(graph, input),
    inputBound: inputBound(graph, graph.nodes, input),
    provenance: roles.provenance,
    finalActivationRemoved: output !== declared,
  };
}

function withoutParameters(freeze: readonly string[]): EstimationError {
  const why = freeze.length > 0 ? `once these are frozen: ${freeze.join(', ')}` : '(weights among its initialisers)';
  const advice = freeze.length > 0 ? 'Leave one to differentiate.' : 'Export it with export_params=True.';
  return new EstimationError('UNSUPPORTED', `The ONNX file has no parameters ${why}. ${advice}`);
}

const noExternalData: ExternalData = (location) => {
  throw new EstimationError('BAD_FILE', `The ONNX model keeps tensors in the file "${location}", which was not given.`);
};

const finalOperator: Readonly<Record<FinalActivation, string>> = { softmax: 'Softmax', sigmoid: 'Sigmoid' };

function beforeFinal(graph: OnnxGraph, output: string, activation: FinalActivation): string {
  const last = graph.nodes.find(({ outputs }) => outputs.includes(output));
  const [source = ''] = last?.inputs ?? [];
  if (last?.opType === 'Identity') {
    const before = beforeFinal(graph, source, activation);
    return before === source ? output : before;
  }
  return last?.opType === finalOperator[activation] ? source : output;
}

function onlyInput({ inputs }: OnnxGraph, nodes: readonly OnnxNode[]): OnnxInput {
  const used = inputs.filter(({ name }) => nodes.some((node) => node.inputs.includes(name)));
  const [input] = used;
  if (!input || used.length > 1) {
    const given = used.map(({ name }) => name).join(', ') || 'none';
    throw new EstimationError(
      'UNSUPPORTED',
      `The ONNX file must have one input; its output depends on: ${given}. Export it as a function of the data alone.`,
    );
  }
  if (input.shape.length === 0) {
    throw new EstimationError('UNSUPPORTED', `Input "${input.name}" of the ONNX file has no axis for the examples.`);
  }
  return input;
}

function resolveInputShape({ name, shape }: OnnxInput, given: Shape | undefined): Shape {
  const declared = shape.slice(1);
  const shown = `[${declared.map((length) => length ?? 'any').join(', ')}]`;
  if (given === undefined) {
    if (!declared.includes(null)) return declared.map((length) => length ?? 1);
    throw new EstimationError('SHAPE', `Input "${name}" takes examples of shape ${shown}: say which (inputShape).`);
  }
  const fits = given.length === declared.length && given.every((length, axis) => (declared[axis] ?? length) === length);
  if (fits) return given;
  throw new EstimationError('SHAPE', `Input "${name}" takes examples of shape ${shown}, not ${showShape(given)}.`);
}

/** Throws an EstimationError (BAD_FILE) that names the first element which is no finite number. */
function valuesOf({ initialisers }: OnnxGraph, tensors: readonly Declared[]): Float64Array {
  return concatenated(
    tensors.map(({ name, initialiser, frozenRows }) => {
      const tensor = initialisers.get(initialiser)?.tensor;
      if (!tensor) return [];
      const bad = tensor.values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        const place = `element ${bad} of "${name}" ${showShape(tensor.shape)} is ${tensor.values[bad]}`;
        throw new EstimationError(
          'BAD_FILE',
          `The ONNX file holds weights that are not finite: ${place}. Export a sound checkpoint.`,
        );
      }
      const width = tensor.values.length / (tensor.shape[0] ?? 1);
      return frozenRows.length === 0
        ? tensor.values
        : tensor.values.filter((_, position) => !frozenRows.includes(Math.floor(position / width)));
    }),
  );
}

/** `batch` also where the graph itself computes the statistics of the batch, as for norms that track none. */
function batchNormMode({ nodes }: OnnxGraph, input: OnnxInput): TrainedModel['batchNorm'] {
  const norms = nodes.filter(({ opType }) => opType === 'BatchNormalization');
  if (norms.length === 0) return null;
  const ofBatch = norms.some(({ attributes, inputs }) => {
    if (attributes.get('training_mode') === 1) return true;
    return differentiable({ nodes, outputs: [inputs[3] ?? ''] }).has(input.name);
  });
  return ofBatch ? 'batch' : 'running';
}

/** From the tables that are gathered from by the input, as it is or cast to another integer type. */
function inputBound({ initialisers }: OnnxGraph, nodes: readonly OnnxNode[], { name, type }: OnnxInput): number | null {
  if (type !== 'int') return null;
  const same = new Set([name]);
  const lengths: number[] = [];
  for (const { opType, inputs, outputs, attributes } of nodes) {
    const [table = '', indices = ''] = inputs;
    if ((opType === 'Cast' || opType === 'Identity') && same.has(table)) same.add(outputs[0] ?? '');
    const length = initialisers.get(table)?.tensor.shape.at(Number(attributes.get('axis') ?? 0));
    if (opType === 'Gather' && same.has(indices) && length !== undefined) lengths.push(length);
  }
  return lengths.length === 0 ? null : Math.min(...lengths);
}

/** Builds the network for one and for two examples: any error in it shows here, not in the middle of a run. */
function checkBatches(model: Model, input: OnnxInput): void {
  for (const examples of new Set([input.shape[0] ?? 2, 1, 2])) {
    const shape = tryForward(model, examples, input);
    if (shape[0] === examples) continue;
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
