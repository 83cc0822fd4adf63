/** Which output of an ONNX file the loss is of, and which of its inputs are fed with what. */
import { EstimationError } from '../../error/EstimationError.ts';
import type { Shape } from '../../graph/Node.ts';
import { showShape } from '../../graph/shape.ts';
import type { ModelInput } from '../../model/Model.ts';
import type { OnnxGraph, OnnxInput, OnnxNode } from './OnnxGraph.ts';
import type { Constant } from './Value.ts';

/** Throws an EstimationError (BAD_OPTION) for a name that the file does not have, and for none where it has several outputs. */
export function chooseOutput({ outputs }: OnnxGraph, asked: string | undefined): string {
  const [first = ''] = outputs;
  if (asked === undefined && outputs.length <= 1) return first;
  if (asked !== undefined && outputs.includes(asked)) return asked;
  const known = outputs.map((name) => `"${name}"`).join(', ');
  const given = asked === undefined ? 'none' : `"${asked}"`;
  throw new EstimationError(
    'BAD_OPTION',
    `output: expected the output that the loss is of, one of ${known}; got ${given}.`,
  );
}

/** `"mask", integers [any, 7]`: how messages name an input. */
export function describeInput({ name, type, shape }: OnnxInput): string {
  const kind: Readonly<Record<OnnxInput['type'], string>> = { float: 'numbers', int: 'integers', bool: 'booleans' };
  return `"${name}", ${kind[type]} [${shape.map((length) => length ?? 'any').join(', ')}]`;
}

/** The inputs that these nodes read, in the order of the file. */
export function inputsRead({ inputs }: OnnxGraph, nodes: readonly OnnxNode[]): OnnxInput[] {
  const read = new Set(nodes.flatMap((node) => node.inputs));
  return inputs.filter(({ name }) => read.has(name));
}

export interface ChosenInputs {
  /** The one that `Examples.inputs` is fed to. */
  readonly main: OnnxInput;
  readonly mainShape: Shape;
  readonly others: readonly (ModelInput & { readonly declared: OnnxInput })[];
}

export interface GivenShapes {
  /** Shape of one example: needed where the file leaves lengths open, checked where it does not. */
  readonly inputShape?: Shape | undefined;
  /** The same of the inputs beside the first one, by name. */
  readonly otherInputs?: Readonly<Record<string, Shape>> | undefined;
  /** Values, row-major, of inputs without an axis of examples: an adjacency matrix, a temperature. They are constants. */
  readonly fixedInputs?: Readonly<Record<string, FixedInput>> | undefined;
}

export interface FixedInput {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
}

/**
 * Whether the file says that an input is the same for all examples: it has no axes, or a first axis of a fixed length that is not that
 * of the `main` input.
 */
export function isFixedInput({ shape }: OnnxInput, main: OnnxInput): boolean {
  const [length] = shape;
  return length === undefined || (length !== null && length !== main.shape[0]);
}

/** By the names of the inputs. Throws an EstimationError: BAD_OPTION for a name that is not among them, SHAPE. */
export function fixedValues(read: readonly OnnxInput[], { fixedInputs = {} }: GivenShapes): Map<string, Constant> {
  const found = new Map<string, Constant>();
  for (const [name, { shape, values }] of Object.entries(fixedInputs)) {
    const input = read.find((each) => each.name === name);
    if (!input) throw unknownInput('fixedInputs', read, name);
    const fits =
      shape.length === input.shape.length && shape.every((length, axis) => (input.shape[axis] ?? length) === length);
    if (!fits) {
      throw new EstimationError('SHAPE', `Expected values for ${describeInput(input)}, got ${showShape(shape)}.`);
    }
    found.set(name, { shape, type: input.type, values: Float64Array.from(values) });
  }
  return found;
}

function unknownInput(option: string, read: readonly OnnxInput[], name: string): EstimationError {
  const known = read.map(describeInput).join('; ');
  return new EstimationError(
    'BAD_OPTION',
    `${option}: expected inputs that the output depends on (${known}), got "${name}".`,
  );
}

/**
 * The main input is the one that is not among `otherInputs`; where those name all, the first. Throws an EstimationError: UNSUPPORTED
 * for a file without inputs, BAD_OPTION where it is not known what is fed to some, SHAPE for a shape that does not fit.
 */
export function chooseInputs(
  all: readonly OnnxInput[],
  { inputShape, otherInputs = {}, fixedInputs = {} }: GivenShapes,
): ChosenInputs {
  const read = all.filter(({ name }) => !(name in fixedInputs));
  for (const name of Object.keys(otherInputs)) {
    if (!read.some((input) => input.name === name)) throw unknownInput('otherInputs', read, name);
  }
  const left = read.filter(({ name }) => !(name in otherInputs));
  const [main = read[0]] = left;
  if (!main) {
    throw new EstimationError(
      'UNSUPPORTED',
      'The ONNX file must have an input that its output depends on. Export it again.',
    );
  }
  if (left.length > 1) {
    const rest = left.slice(1).map(describeInput).join('; ');
    throw new EstimationError(
      'BAD_OPTION',
      `otherInputs: expected values for every input beside "${main.name}", got none for ${rest}.`,
    );
  }
  const others = read.filter(({ name }) => name !== main.name);
  return {
    main,
    mainShape: resolveShape(main, inputShape ?? otherInputs[main.name]),
    others: others.map((input) => ({
      name: input.name,
      shape: resolveShape(input, otherInputs[input.name]),
      type: elementOf(input),
      declared: input,
    })),
  };
}

/** Booleans are floats of 0 and 1, as everywhere in a translated graph. */
export function elementOf({ type }: OnnxInput): ModelInput['type'] {
  return type === 'int' ? 'int' : 'float';
}

function resolveShape({ name, shape }: OnnxInput, given: Shape | undefined): Shape {
  if (shape.length === 0) {
    throw new EstimationError('UNSUPPORTED', `Input "${name}" of the ONNX file has no axis for the examples.`);
  }
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
