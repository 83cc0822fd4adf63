/** `ritz spectrum --describe`: what would be differentiated, without measuring. */
import type { OnnxInput, Shape, TrainedModel } from '@ritz/estimation';
import pc from 'picocolors';
import { renderTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { readInputs } from './inputs.ts';
import { openModel } from './modelFile.ts';
import { describeNetwork, networkLines, type NetworkDescription } from './network.ts';
import type { SpectrumOptions } from './options.ts';

export interface Description extends NetworkDescription {
  readonly warnings: readonly string[];
}

/** Shapes of one example: those of the arrays that are given, else those of the file. */
async function shapesOf(
  options: SpectrumOptions,
  declared: readonly OnnxInput[],
): Promise<{ readonly inputShape?: Shape; readonly otherInputs: Readonly<Record<string, Shape>> }> {
  if (options.data !== undefined || (options.input ?? []).length > 0) {
    const { main, others } = await readInputs(
      options,
      declared,
      options.loss === 'output' ? options.labels : undefined,
    );
    const shapes = [...others].map(([name, { array }]) => [name, array.shape.slice(1)] as const);
    return { inputShape: main.array.shape.slice(1), otherInputs: Object.fromEntries(shapes) };
  }
  const rest = declared.slice(1).map(({ name, shape }) => [name, shape.slice(1).map((length) => length ?? 1)] as const);
  return { otherInputs: Object.fromEntries(rest) };
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

/** For people: every tensor on a line of its own. */
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
