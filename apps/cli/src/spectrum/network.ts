/** Describes the network in a model file: what is differentiated, what is constant and why, and its batch-norm mode. */
import { parameterCount, sizeOf, type Shape, type TrainedModel } from '@ritz/estimation';
import { CliError } from '../terminal/cliError.ts';
import { formatNumber } from '../terminal/table.ts';

export interface NetworkDescription {
  /** n */
  readonly parameters: number;
  readonly parameterTensors: readonly { readonly name: string; readonly shape: Shape; readonly count: number }[];
  readonly constants: readonly { readonly name: string; readonly shape: Shape; readonly reason: string }[];
  /** The statistics that batch norm uses; null without batch norm. */
  readonly batchNorm: 'running' | 'minibatch' | null;
}

export function describeNetwork(
  { model, provenance }: TrainedModel,
  batchNorm: NetworkDescription['batchNorm'],
): NetworkDescription {
  return {
    parameters: parameterCount(model),
    parameterTensors: model.parameters.map(({ name, shape }) => ({ name, shape: [...shape], count: sizeOf(shape) })),
    constants: provenance.constants.map(({ name, shape, reason }) => ({ name, shape: [...shape], reason })),
    batchNorm,
  };
}

function shown({ name, shape }: { readonly name: string; readonly shape: Shape }): string {
  return `${name} [${shape.join(', ')}]`;
}

const statistics: Readonly<Record<'running' | 'minibatch', string>> = {
  running: 'running statistics',
  minibatch: 'statistics of the batch, differentiated through',
};

/** Returns the lines of a summary that names at most `tensors` tensors of each kind. */
export function networkLines(description: NetworkDescription, tensors: number): [string, string][] {
  const { parameters, parameterTensors, constants, batchNorm } = description;
  const list = (names: readonly string[]): string =>
    names.length > tensors
      ? `${names.slice(0, tensors).join(', ')}, and ${names.length - tensors} more`
      : names.join(', ');
  const lines: [string, string][] = [
    [
      'parameters',
      `${formatNumber(parameters)} in ${parameterTensors.length} tensors: ${list(parameterTensors.map(shown))}`,
    ],
  ];
  if (constants.length > 0) {
    lines.push(['constants', list(constants.map((tensor) => `${shown(tensor)} (${tensor.reason})`))]);
  }
  if (batchNorm !== null) lines.push(['batch norm', statistics[batchNorm]]);
  return lines;
}

/** Throws a CliError where `expected` is given and the network has another number of parameters. */
export function requireParameterCount({ model }: TrainedModel, expected: number | undefined): void {
  const count = parameterCount(model);
  if (expected === undefined || expected === count) return;
  throw new CliError(
    `--expect-parameters: expected ${expected} parameters, got ${count}. List them with --describe; choose others with ` +
      '--parameters and --freeze.',
  );
}
