/** Writes one run through the API: what is already stored is skipped, so that an interrupted run can continue. */
import { RunProgressDocument, type Client } from '@ritz/client';
import {
  sendRecords,
  type NewRun,
  type NewStep,
  type RecordLine,
  type RecordLineOf,
  type RunEnding,
  type Target,
} from '@ritz/records';
import { spectrumLine, type SpectrumRecord } from '@ritz/training';

type AboutSpectrum = Pick<RecordLineOf<'spectrum'>, 'warnings' | 'parameterTensors' | 'constants'> & {
  readonly id?: string;
};

export interface Recorder {
  readonly runId: string;
  /** Whether every number of the run is stored. */
  readonly complete: boolean;
  isMeasured(step: number): boolean;
  step(record: NewStep): Promise<void>;
  /** `about`: what was taken from a model file, what may be wrong with it, and an id if not that of the step's one spectrum of the matrix. */
  spectrum(record: SpectrumRecord, about?: AboutSpectrum): Promise<void>;
  /** Sends what is still held back and sets the status. */
  finish(status: RunEnding): Promise<void>;
}

/** The API to write to, and a client to read from it. */
export interface RecordingApi {
  readonly client: Client;
  readonly target: Target;
}

/** Steps are sent in batches of this many. */
const stepsPerRequest = 25;

async function stored(client: Client, runId: string, spectrumSteps: readonly number[]) {
  const { run } = await client.request(RunProgressDocument, { id: runId });
  const steps = new Set(run?.history.step);
  const spectra = new Set(run?.spectra.map(({ step }) => step.number));
  return { steps, spectra, complete: run?.status === 'FINISHED' && spectrumSteps.every((step) => spectra.has(step)) };
}

/** Creates the run unless it exists. @throws RecordError with the API's own words when it refuses something. */
export async function startRecording(
  { client, target }: RecordingApi,
  run: NewRun,
  spectrumSteps: readonly number[],
): Promise<Recorder> {
  await sendRecords(target, [{ v: 1, kind: 'run', ...run }]);
  const known = await stored(client, run.id, spectrumSteps);
  let pending: RecordLineOf<'step'>[] = [];
  const send = async (...records: readonly RecordLine[]): Promise<void> => {
    const all = [...pending, ...records];
    pending = [];
    if (all.length > 0) await sendRecords(target, all);
  };
  return {
    runId: run.id,
    complete: known.complete,
    isMeasured: (step) => known.spectra.has(step),
    step: async (record) => {
      if (known.steps.has(record.number)) return;
      pending.push({ v: 1, kind: 'step', runId: run.id, ...record });
      if (pending.length >= stepsPerRequest) await send();
    },
    spectrum: (record, about) => send({ ...spectrumLine(run.id, record), ...about }),
    finish: (status) => send({ v: 1, kind: 'finish', runId: run.id, status }),
  };
}
