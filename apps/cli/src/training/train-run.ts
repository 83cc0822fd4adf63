/** Trains and measures one run: its records go to a file, and on to an API where there is one; a killed run goes on. */
import path from 'node:path';
import type { Client } from '@ritz/client';
import { createEngine } from '@ritz/estimation';
import { LiveSender, RunFile, type RecordLine } from '@ritz/records';
import {
  loadData,
  runIdOf,
  runLine,
  spectrumLine,
  train,
  TrainingError,
  trainOptions,
  withLock,
  type Config,
  type TrainOptions,
  type TrainProgress,
} from '@ritz/training';
import pc from 'picocolors';
import type { ObjectStore } from '@ritz/worker';
import { apiClient } from '../api/api-address.ts';
import { SpectrumRequests } from '../recording/SpectrumRequests.ts';
import { startProgress } from '../terminal/progress.ts';
import { requireUsable } from '../terminal/usable-engine.ts';
import { spectrumRequest, storeCheckpoint } from './leave-spectrum.ts';

export interface TrainRunOptions {
  /** Which command this is, for another process that wants the same run. */
  readonly by: string;
  /** Data sets, and records and checkpoints of runs, are kept under it. */
  readonly dataDirectory: string;
  /** null: nothing is sent. */
  readonly target: { readonly url: string; readonly token: string | undefined } | null;
  readonly signal: AbortSignal;
  /** Where spectra are left to workers: their store. Measured here without it. */
  readonly store?: ObjectStore;
}

export interface TrainedRun {
  readonly id: string;
  /** The file of its records. */
  readonly file: string;
  /** false: all of it was there already. */
  readonly trained: boolean;
  /** DIVERGED: how its loss left the numbers, which ended it; null when it did not. */
  readonly divergence: TrainingError | null;
  /** Why not everything is at the API; null when it is, or nothing was to be sent. */
  readonly notSent: string | null;
  /** Spectra that were left to workers, by this call and those before. */
  readonly left: number;
}

/**
 * Throws what stopped it, other than its divergence; what was measured until then is in the file. An API that does not answer stops
 * nothing: the file can be pushed later. Another process at the same run is a TrainingError (IN_USE).
 */
export async function trainRun(config: Config, options: TrainRunOptions): Promise<TrainedRun> {
  const place = path.join(options.dataDirectory, 'runs', runIdOf(config));
  const subject = `The run "${config.name}"`;
  return withLock(`${place}.lock`, { subject, by: options.by }, () => trainAlone(config, options, place));
}

/** `place`: of the run's files, without what their names end in. */
async function trainAlone(config: Config, options: TrainRunOptions, place: string): Promise<TrainedRun> {
  const { dataDirectory, target, signal, store } = options;
  const id = runIdOf(config);
  const engine = await createEngine({ engine: config.engine, precision: config.precision });
  let records: RunFile | undefined;
  let requests: SpectrumRequests | undefined;
  try {
    await requireUsable(config.engine, signal);
    const data = await loadData(config.data, {
      dataDirectory,
      signal,
      onProgress: (what) => process.stderr.write(pc.dim(`${what}\n`)),
    });
    const base = trainOptions(config, data, engine);
    records = await RunFile.open(`${place}.jsonl`, runLine(config, base.model, engine));
    const sender = target && new LiveSender(records.file, target);
    sender?.poke();
    const trained = !records.complete;
    requests = store && (await SpectrumRequests.open(`${place}.requests.jsonl`));
    const leaving = store && requests && { store, requests, client: target && apiClient(target) };
    const checkpoint = `${place}.safetensors`;
    const recording = { records, sender, checkpoint, leaving, signal };
    const divergence = trained ? await trainAndRecord(base, config, recording) : null;
    const report = await sender?.close();
    const [refused] = report?.refused ?? [];
    const notSent = refused?.message ?? report?.failure ?? null;
    // The run must be at the API before anything is asked of it.
    const notAsked = notSent === null && leaving?.client ? await leaving.requests.send(leaving.client) : null;
    const left = requests?.count ?? 0;
    return { id, file: records.file, trained, divergence, notSent: notSent ?? notAsked, left };
  } finally {
    await requests?.close();
    await records?.close();
    await engine.close();
  }
}

interface Recording {
  readonly records: RunFile;
  readonly sender: LiveSender | null;
  /** File of the state. */
  readonly checkpoint: string;
  readonly leaving: Leaving | undefined;
  readonly signal: AbortSignal;
}

/** Where spectra go that are left to workers. */
interface Leaving {
  readonly store: ObjectStore;
  readonly requests: SpectrumRequests;
  readonly client: Client | null;
}

/** Returns the error of a run that diverged. */
async function trainAndRecord(base: TrainOptions, config: Config, recording: Recording): Promise<TrainingError | null> {
  const { records, sender, checkpoint, leaving, signal } = recording;
  const id = runIdOf(config);
  const append = async (record: RecordLine): Promise<void> => {
    await records.append(record);
    sender?.poke();
  };
  const isMeasured = (step: number): boolean => records.hasSpectrum(step) || (leaving?.requests.has(step) ?? false);
  const toMeasure = leaving ? [] : base.spectrumSteps.filter((step) => !isMeasured(step));
  const work = progressOf(base, toMeasure);
  const progress = startProgress(config.name.padEnd(20), work.total);
  try {
    await train({
      ...base,
      checkpoint: { file: checkpoint, every: config.checkpointEvery },
      isMeasured,
      onStep: async (record) => {
        if (!records.hasStep(record.number)) await append({ v: 1, kind: 'step', runId: id, ...record });
      },
      onSpectrum: (record) => append(spectrumLine(id, record)),
      ...(leaving && {
        onSpectrumDue: async (due) => {
          const stored = await storeCheckpoint(due, leaving.store, `${checkpoint}.step-${due.step}`);
          await leaving.requests.add(spectrumRequest(id, config, base.engine, due, stored));
          // Workers need not wait for the end of the training; what cannot be asked for now is asked for then.
          if (leaving.client) await leaving.requests.send(leaving.client);
        },
      }),
      onProgress: (now) => progress.update(work.done(now), work.activity(now)),
      signal,
    });
    await append({ v: 1, kind: 'finish', runId: id, status: 'finished' });
    return null;
  } catch (error) {
    // The first error is the one to report, also where the disk that it filled cannot take this record.
    await append({ v: 1, kind: 'finish', runId: id, status: signal.aborted ? 'interrupted' : 'failed' }).catch(
      () => undefined,
    );
    if (error instanceof TrainingError && error.code === 'DIVERGED') return error;
    await sender?.close();
    throw error;
  } finally {
    progress.stop();
  }
}

/** Work in units of one training step: a Lanczos step is k tangents, each about as much as a gradient, over its examples. */
function progressOf({ steps, batchSize, spectrumExamples, spectrum }: TrainOptions, toMeasure: readonly number[]) {
  const lanczosCost = (spectrumExamples / batchSize) * spectrum.probes;
  const spectrumCost = lanczosCost * spectrum.lanczosSteps;
  return {
    total: steps + toMeasure.length * spectrumCost,
    done: ({ step, lanczos }: TrainProgress): number => {
      const measured = toMeasure.filter((at) => at < step || (at === step && !lanczos)).length;
      return step + measured * spectrumCost + (lanczos?.done ?? 0) * lanczosCost;
    },
    activity: ({ step, lanczos }: TrainProgress): string => {
      const at = `step ${step} of ${steps}`;
      return lanczos ? `${at}: spectrum, Lanczos step ${lanczos.done} of ${lanczos.total}` : `${at}: training`;
    },
  };
}
