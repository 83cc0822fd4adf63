/** Trains and measures one run: records go to a file and, where one is given, to an API; a killed run resumes. */
import path from 'node:path';
import type { Client } from '@ritz/client';
import { createEngine } from '@ritz/estimation';
import { LiveSender, RunFile, type RecordLine } from '@ritz/records';
import {
  blocksJobId,
  loadData,
  runIdOf,
  lanczosRuns,
  runLine,
  seriesAt,
  spectrumId,
  spectrumLine,
  train,
  TrainingError,
  trainOptions,
  withLock,
  type Config,
  type SpectrumSeries,
  type TrainOptions,
  type TrainProgress,
} from '@ritz/training';
import type { ObjectStore } from '@ritz/worker';
import pc from 'picocolors';
import { apiClient } from '../api/apiAddress.ts';
import { CliError } from '../terminal/cliError.ts';
import { SpectrumRequests } from '../recording/SpectrumRequests.ts';
import { startProgress } from '../terminal/progress.ts';
import { requireUsable } from '../terminal/usableEngine.ts';
import { spectrumRequests, storeCheckpoint } from './queueSpectrum.ts';
import { startFork } from './startFork.ts';
import { runsFolder } from './storedConfig.ts';

export interface TrainRunOptions {
  /** The command, named to other processes that try to train the same run. */
  readonly by: string;
  /** Data sets, and records and checkpoints of runs, are kept under it. */
  readonly dataDirectory: string;
  /** Null: nothing is sent. */
  readonly target: { readonly url: string; readonly token: string | undefined } | null;
  readonly signal: AbortSignal;
  /** Store of the workers that measure the spectra; without it spectra are measured here. */
  readonly store?: ObjectStore;
}

export interface TrainedRun {
  readonly id: string;
  /** The file of its records. */
  readonly file: string;
  /** False if everything was already stored. */
  readonly trained: boolean;
  /** The divergence that ended the run (DIVERGED); null when it did not diverge. */
  readonly divergence: TrainingError | null;
  /** Why some records are not at the API; null if all are, or none were to be sent. */
  readonly notSent: string | null;
  /** Number of spectra queued for workers, by this call and earlier ones. */
  readonly queued: number;
}

/**
 * Throws what stopped it, except a divergence; everything measured until then is in the file. An API that does not respond stops nothing:
 * the file can be pushed later. Throws a TrainingError (IN_USE) when another process trains the same run.
 */
export async function trainRun(config: Config, options: TrainRunOptions): Promise<TrainedRun> {
  const place = path.join(runsFolder(options.dataDirectory), runIdOf(config));
  const subject = `The run "${config.name}"`;
  return withLock(`${place}.lock`, { subject, by: options.by }, () => trainAlone(config, options, place));
}

/** `place` is the path of the run's files without their extensions. */
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
    if (store) requirePlain(config);
    const checkpoint = `${place}.safetensors`;
    await startFork(config, base, checkpoint, { dataDirectory, data, engine, signal, ...parentProgress(config) });
    records = await RunFile.open(`${place}.jsonl`, runLine(config, base.model, engine));
    const sender = target && new LiveSender(records.file, target);
    sender?.poke();
    const trained = !records.complete;
    requests = store && (await SpectrumRequests.open(`${place}.requests.jsonl`));
    const queue = store && requests && { store, requests, client: target && apiClient(target) };
    const recording = { records, sender, checkpoint, queue, signal };
    const divergence = trained ? await trainAndRecord(base, config, recording) : null;
    const report = await sender?.close();
    const [refused] = report?.refused ?? [];
    const notSent = refused?.message ?? report?.failure ?? null;
    // The run must be stored at the API before its spectra are requested.
    const notAsked = notSent === null && queue?.client ? await queue.requests.send(queue.client) : null;
    const queued = requests?.count ?? 0;
    return { id, file: records.file, trained, divergence, notSent: notSent ?? notAsked, queued };
  } finally {
    await requests?.close();
    await records?.close();
    await engine.close();
  }
}

/** Says how far the parent of a fork is trained again. */
function parentProgress({ fork }: Config): Pick<TrainOptions, 'onProgress'> {
  if (!fork) return {};
  const hundredth = Math.max(1, Math.floor(fork.step / 100));
  return {
    onProgress: ({ step }) => {
      if (step % (10 * hundredth) !== 0) return;
      process.stderr.write(pc.dim(`training the parent again: step ${step} of ${fork.step}\n`));
    },
  };
}

/** Throws a CliError for spectra that workers do not measure. */
function requirePlain({ name, spectra }: Config): void {
  if (!spectra.preconditioned) return;
  throw new CliError(
    `--spectra queue: expected spectra without a preconditioner, got spectra.preconditioned in the config of "${name}". Measure here instead: --spectra here.`,
  );
}

interface Recording {
  readonly records: RunFile;
  readonly sender: LiveSender | null;
  /** The checkpoint file. */
  readonly checkpoint: string;
  readonly queue: SpectrumQueue | undefined;
  readonly signal: AbortSignal;
}

/** Queue that deferred spectra are sent to. */
interface SpectrumQueue {
  readonly store: ObjectStore;
  readonly requests: SpectrumRequests;
  readonly client: Client | null;
}

/** Returns the error of a run that diverged. */
async function trainAndRecord(base: TrainOptions, config: Config, recording: Recording): Promise<TrainingError | null> {
  const { records, sender, checkpoint, queue, signal } = recording;
  const id = runIdOf(config);
  const sharedSteps = config.fork?.step ?? -1;
  const append = async (record: RecordLine): Promise<void> => {
    await records.append(record);
    sender?.poke();
  };
  const isMeasured = (step: number, series: SpectrumSeries): boolean => {
    const spectrum = spectrumId(id, step, series);
    const job = series.block === 'all' ? spectrum : blocksJobId(id, step, series);
    return records.hasSpectrum(spectrum) || (queue?.requests.has(job) ?? false);
  };
  const dueAt = (step: number): SpectrumSeries[] =>
    seriesAt(step, base.spectra ?? {}, base.model, base.optimiser.kind).filter((series) => !isMeasured(step, series));
  const runsAt = new Map(
    queue ? [] : base.spectrumSteps.map((step) => [step, lanczosRuns(dueAt(step)).length] as const),
  );
  const work = progressOf(base, runsAt);
  const progress = startProgress(config.name.padEnd(20), work.total);
  try {
    await train({
      ...base,
      checkpoint: { file: checkpoint, every: config.checkpointEvery },
      isMeasured,
      onStep: async (record) => {
        if (record.number <= sharedSteps) return;
        if (!records.hasStep(record.number)) await append({ v: 1, kind: 'step', runId: id, ...record });
      },
      onSpectrum: (record) => append(spectrumLine(id, record)),
      ...(queue && {
        onSpectrumDue: async (due) => {
          const stored = await storeCheckpoint(due, queue.store, `${checkpoint}.step-${due.step}`);
          for (const request of spectrumRequests(id, config, base.engine, due, stored))
            await queue.requests.add(request);
          // Workers can start before the training ends; requests that fail now are sent then.
          if (queue.client) await queue.requests.send(queue.client);
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

/**
 * Work in units of one training step: a Lanczos step is k tangents, each about as much as a gradient, over its examples. λ1 between spectra
 * counts as part of the steps it is measured at.
 */
function progressOf(
  { steps, batchSize, spectrumExamples, spectrum, sharpness }: TrainOptions,
  runsAt: ReadonlyMap<number, number>,
) {
  const lanczosCost = (spectrumExamples / batchSize) * spectrum.probes;
  const spectrumCost = lanczosCost * spectrum.lanczosSteps;
  const sharpnessCost = sharpness
    ? ((spectrumExamples / batchSize) * (sharpness.lanczosSteps + 2)) / sharpness.every
    : 0;
  const stepCost = 1 + sharpnessCost;
  return {
    total: steps * stepCost + sum([...runsAt.values()]) * spectrumCost,
    done: ({ step, lanczos }: TrainProgress): number => {
      const measured = sum([...runsAt].map(([at, runs]) => (at < step || (at === step && !lanczos) ? runs : 0)));
      return step * stepCost + measured * spectrumCost + (lanczos?.done ?? 0) * lanczosCost;
    },
    activity: ({ step, lanczos }: TrainProgress): string => {
      const at = `step ${step} of ${steps}`;
      return lanczos ? `${at}: spectrum, Lanczos step ${lanczos.done} of ${lanczos.total}` : `${at}: training`;
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
