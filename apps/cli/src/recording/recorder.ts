/** Writes one run through the API: what is stored already is skipped, so that an interrupted run goes on. */
import {
  CreateRunDocument,
  FinishRunDocument,
  LogStepsDocument,
  RecordSpectrumDocument,
  RunProgressDocument,
  type Client,
  type CreateRunInput,
  type FinishRunInput,
  type StepInput,
} from '@ritz/client';
import type { SpectrumRecord } from '@ritz/training';
import { CliError } from '../terminal/cli-error.ts';
import { spectrumFields } from './spectrum-fields.ts';

export interface Recorder {
  readonly runId: string;
  /** Whether every number of the run is stored. */
  readonly complete: boolean;
  isMeasured(step: number): boolean;
  step(record: StepInput): Promise<void>;
  spectrum(record: SpectrumRecord): Promise<void>;
  /** Sends what is still held back and sets the status. */
  finish(status: NonNullable<FinishRunInput['status']>): Promise<void>;
}

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** Steps are sent in batches of this many. */
const stepsPerRequest = 25;

function accepted<T extends Payload>(what: string, payload: T): T {
  const [error] = payload.userErrors;
  if (error) throw new CliError(`The API refused ${what} (${error.code}): ${error.message}`);
  return payload;
}

async function stored(client: Client, runId: string, spectrumSteps: readonly number[]) {
  const { run } = await client.request(RunProgressDocument, { id: runId });
  const steps = new Set(run?.history.step);
  const spectra = new Set(run?.spectra.map(({ step }) => step.number));
  return { steps, spectra, complete: run?.status === 'FINISHED' && spectrumSteps.every((step) => spectra.has(step)) };
}

/** Creates the run unless it exists. Throws a CliError with the API's own words when it refuses something. */
export async function startRecording(
  client: Client,
  run: CreateRunInput,
  spectrumSteps: readonly number[],
): Promise<Recorder> {
  accepted('the run', (await client.request(CreateRunDocument, { input: run })).createRun);
  const known = await stored(client, run.id, spectrumSteps);
  let pending: StepInput[] = [];
  const flush = async (): Promise<void> => {
    const steps = pending;
    pending = [];
    if (steps.length === 0) return;
    const { logSteps } = await client.request(LogStepsDocument, { input: { runId: run.id, steps } });
    accepted('the steps', logSteps);
  };
  return {
    runId: run.id,
    complete: known.complete,
    isMeasured: (step) => known.spectra.has(step),
    step: async (record) => {
      if (known.steps.has(record.number)) return;
      pending.push({ ...record });
      if (pending.length >= stepsPerRequest) await flush();
    },
    spectrum: async (record) => {
      await flush();
      const { recordSpectrum } = await client.request(RecordSpectrumDocument, {
        input: spectrumFields(run.id, record),
      });
      accepted(`the spectrum at step ${record.step}`, recordSpectrum);
    },
    finish: async (status) => {
      await flush();
      accepted(
        'the end of the run',
        (await client.request(FinishRunDocument, { input: { id: run.id, status } })).finishRun,
      );
    },
  };
}
