/** Records a measured spectrum in a run, through the API. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { RunProgressDocument } from '@ritz/client';
import { isClassLoss, parameterCount } from '@ritz/estimation';
import { stableUuid, type NewRun } from '@ritz/records';
import { apiClient, apiTarget } from '../api/apiAddress.ts';
import { startRecording, type RecordingApi } from '../recording/recorder.ts';
import { CliError } from '../terminal/cliError.ts';
import { classesOf } from './loadProblem.ts';
import type { LoadedProblem } from './loadedProblem.ts';
import type { Measured } from './measure.ts';
import { describeNetwork } from './network.ts';
import type { SpectrumOptions } from './options.ts';

function runName({ run, model }: SpectrumOptions): string {
  return run ?? path.basename(model, '.onnx');
}

/** Derives the id of the run: checkpoints pushed under one name are spectra of one run. */
function runId(options: SpectrumOptions): string {
  return stableUuid('ritz spectrum run', options.project, runName(options));
}

/**
 * Asks the API whether it answers: better before the measurement than after it. Throws a ClientError when it does not, a CliError for
 * an empty name.
 */
export async function connect(options: SpectrumOptions): Promise<RecordingApi> {
  for (const [flag, name] of [
    ['--run', runName(options)],
    ['--project', options.project],
  ] as const) {
    if (name.trim() === '') throw new CliError(`${flag}: expected a name, got "${name}".`);
  }
  const client = apiClient(options);
  await client.request(RunProgressDocument, { id: runId(options) });
  return { client, target: apiTarget(options) };
}

/** Names the data set after the file of the first input. */
function datasetOf({ data, input = [] }: SpectrumOptions): string {
  const file = data ?? input[0]?.replace(/^[^=]*=/, '') ?? '';
  return path.basename(file).replace(/\.np[yz](:.*)?$/, '') || 'unknown';
}

function describeRun(problem: LoadedProblem, options: SpectrumOptions, measured: Measured): NewRun {
  const { batchNorm } = measured.record;
  return {
    id: runId(options),
    name: runName(options),
    project: options.project,
    architecture: problem.trained.model.name,
    dataset: datasetOf(options),
    optimiser: 'unknown',
    // The API requires a schedule; that of a network trained elsewhere is unknown, and no step states its rate.
    schedule: { kind: 'constant', initial: 1 },
    notes: 'Trained elsewhere and measured by `ritz spectrum`: optimiser, schedule and seed are unknown.',
    seed: 0,
    parameterCount: parameterCount(problem.trained.model),
    batchNorm,
    ...(isClassLoss(problem.loss) && { classes: classesOf(problem) }),
    tags: ['onnx'],
  };
}

/** Limits the list to what a record holds. */
const mostTensors = 5000;

/**
 * Returns what to tell the user. A step may have several measurements (other operators, seeds, data, …), each under an id of its own; the
 * API refuses one that it has. Throws a CliError with the API's own words when it refuses something.
 */
export async function pushSpectrum(
  api: RecordingApi,
  problem: LoadedProblem,
  options: SpectrumOptions,
  measured: Measured,
): Promise<string> {
  const { record } = measured;
  const recorder = await startRecording(api, describeRun(problem, options, measured), [record.step]);
  await recorder.step({ number: record.step, trainLoss: record.loss, gradientNorm: record.gradientNorm });
  const { parameterTensors, constants } = describeNetwork(problem.trained, problem.batchNorm);
  await recorder.spectrum(record, {
    id: randomUUID(),
    warnings: [...measured.warnings],
    parameterTensors: parameterTensors.slice(0, mostTensors).map((tensor) => ({ ...tensor, shape: [...tensor.shape] })),
    constants: constants.slice(0, mostTensors).map((tensor) => ({ ...tensor, shape: [...tensor.shape] })),
  });
  for (const block of measured.blocks) {
    await recorder.spectrum(block, { id: randomUUID(), warnings: [...measured.warnings] });
  }
  await recorder.finish('finished');
  return `Recorded as step ${record.step} of run "${runName(options)}" (${recorder.runId}).`;
}
