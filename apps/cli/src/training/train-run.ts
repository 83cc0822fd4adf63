/** Trains and measures one run: its records go to a file, and on to an API where there is one; a killed run goes on. */
import path from 'node:path';
import { createEngine } from '@ritz/estimation';
import { loadData, train, trainOptions, type Config, type TrainOptions, type TrainProgress } from '@ritz/training';
import pc from 'picocolors';
import { LiveSender } from '../recording/LiveSender.ts';
import { RunFile } from '../recording/RunFile.ts';
import { spectrumRecord } from '../recording/spectrum-fields.ts';
import { startProgress } from '../terminal/progress.ts';
import { runIdOf, runRecord } from './run-record.ts';

export interface TrainRunOptions {
  /** Data sets, and records and checkpoints of runs, are kept under it. */
  readonly dataDirectory: string;
  /** null: nothing is sent. */
  readonly target: { readonly url: string; readonly token: string | undefined } | null;
  readonly signal: AbortSignal;
}

export interface TrainedRun {
  readonly id: string;
  /** The file of its records. */
  readonly file: string;
  /** false: all of it was there already. */
  readonly trained: boolean;
  /** Why not everything is at the API; null when it is, or nothing was to be sent. */
  readonly notSent: string | null;
}

/**
 * Throws what stopped it; what was measured until then is in the file. An API that does not answer stops nothing: the file can be
 * pushed later.
 */
export async function trainRun(config: Config, options: TrainRunOptions): Promise<TrainedRun> {
  const { dataDirectory, target, signal } = options;
  const id = runIdOf(config);
  const folder = path.join(dataDirectory, 'runs');
  const engine = await createEngine({ engine: config.engine, precision: config.precision });
  let records: RunFile | undefined;
  try {
    const data = await loadData(config.data, {
      dataDirectory,
      signal,
      onProgress: (what) => process.stderr.write(pc.dim(`${what}\n`)),
    });
    const base = trainOptions(config, data, engine);
    records = await RunFile.open(path.join(folder, `${id}.jsonl`), runRecord(config, base.model, engine));
    const sender = target && new LiveSender(records.file, target);
    sender?.poke();
    const trained = !records.complete;
    if (trained) await trainAndRecord(base, config, records, sender, path.join(folder, `${id}.safetensors`), signal);
    const report = await sender?.close();
    const [refused] = report?.refused ?? [];
    return { id, file: records.file, trained, notSent: refused?.message ?? report?.failure ?? null };
  } finally {
    await records?.close();
    await engine.close();
  }
}

async function trainAndRecord(
  base: TrainOptions,
  config: Config,
  records: RunFile,
  sender: LiveSender | null,
  checkpoint: string,
  signal: AbortSignal,
): Promise<void> {
  const id = runIdOf(config);
  const append = async (record: Parameters<RunFile['append']>[0]): Promise<void> => {
    await records.append(record);
    sender?.poke();
  };
  const toMeasure = base.spectrumSteps.filter((step) => !records.hasSpectrum(step));
  const work = progressOf(base, toMeasure);
  const progress = startProgress(config.name.padEnd(20), work.total);
  try {
    await train({
      ...base,
      checkpoint: { file: checkpoint, every: config.checkpointEvery },
      isMeasured: (step) => records.hasSpectrum(step),
      onStep: async (record) => {
        if (!records.hasStep(record.number)) await append({ v: 1, kind: 'step', runId: id, ...record });
      },
      onSpectrum: (record) => append(spectrumRecord(id, record)),
      onProgress: (now) => progress.update(work.done(now), work.activity(now)),
      signal,
    });
    await append({ v: 1, kind: 'finish', runId: id, status: 'FINISHED' });
  } catch (error) {
    // The first error is the one to report, also where the disk that it filled cannot take this record.
    await append({ v: 1, kind: 'finish', runId: id, status: signal.aborted ? 'INTERRUPTED' : 'FAILED' }).catch(
      () => undefined,
    );
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
