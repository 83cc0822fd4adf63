/** `ritz spectrum --describe`: lists what would be differentiated, without measuring. */
import {
  isFixedInput,
  sizeOf,
  type FixedInput,
  type GivenShapes,
  type OnnxInput,
  type Shape,
  type TrainedModel,
} from '@ritz/estimation';
import pc from 'picocolors';
import { renderTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { givenShapes, readInputs } from './inputs.ts';
import { openModel } from './modelFile.ts';
import { describeNetwork, networkLines, type NetworkDescription } from './network.ts';
import type { SpectrumOptions } from './options.ts';

export interface Description extends NetworkDescription {
  readonly warnings: readonly string[];
}

/** Returns the types of the given arrays, else those of the file. */
async function shapesOf(options: SpectrumOptions, declared: readonly OnnxInput[]): Promise<GivenShapes> {
  if (options.data !== undefined || (options.input ?? []).length > 0) {
    const labels = options.loss === 'output' ? options.labels : undefined;
    return givenShapes(await readInputs(options, declared, labels));
  }
  const main = declared.find(({ shape }) => shape.length > 0);
  const rest = declared.filter((input) => input !== main);
  const known = ({ shape }: OnnxInput): number[] => shape.map((length) => length ?? 1);
  const isFixed = (input: OnnxInput): boolean => main !== undefined && isFixedInput(input, main);
  const zeros = (shape: Shape): FixedInput => ({ shape, values: new Float64Array(sizeOf(shape)) });
  return {
    otherInputs: Object.fromEntries(rest.filter((input) => !isFixed(input)).map((it) => [it.name, known(it).slice(1)])),
    fixedInputs: Object.fromEntries(rest.filter(isFixed).map((it) => [it.name, zeros(known(it))])),
  };
}

/** Throws what reading the model throws: a CliError or an EstimationError. */
export async function describeModel(
  options: SpectrumOptions,
): Promise<{ trained: TrainedModel; description: Description }> {
  const file = await openModel(options.model);
  const { freeze, parameters, output } = options;
  const trained = await file.read({
    ...(await shapesOf(options, file.inputsOf(output))),
    freeze,
    ...(parameters && { parameters }),
    ...(output !== undefined && { output }),
  });
  const batchNorm = trained.batchNorm && (options.batchNorm ?? trained.batchNorm);
  return {
    trained,
    description: { ...describeNetwork(trained, batchNorm), warnings: trained.provenance.warnings },
  };
}

const indent = 2;

/** Formats the description for the terminal: one line for each tensor. */
export function describedText(description: Description, width: number | undefined): string {
  const { parameters, parameterTensors, constants, batchNorm, warnings } = description;
  const shape = (lengths: Shape): string => `[${lengths.join(', ')}]`;
  const learned = renderTable(
    ['parameter', 'shape', 'count'],
    [
      ...parameterTensors.map((tensor) => [tensor.name, shape(tensor.shape), String(tensor.count)]),
      ['total', '', String(parameters)],
    ],
  );
  const fixed = constants.map((tensor) => [tensor.name, shape(tensor.shape), tensor.reason]);
  const mode = networkLines({ parameters, parameterTensors, constants, batchNorm }, 0).filter(
    ([name]) => name === 'batch norm',
  );
  return [
    learned,
    ...(fixed.length > 0 ? [renderTable(['not differentiated', 'shape', 'why'], fixed)] : []),
    ...mode.map(([name, text]) => `${pc.dim(name)}  ${text}`),
    ...warnings.map((warning) => `${pc.yellow('warning')}  ${wrap(warning, { indent, width })}`),
  ].join('\n\n');
}
