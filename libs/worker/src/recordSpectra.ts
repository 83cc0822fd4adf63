/** Records what a job measured. */
import { ingest, steps, type Database, type SpectrumJob } from '@ritz/database';
import type { RecordLine } from '@ritz/records';
import { spectrumLine, type SpectrumRecord } from '@ritz/training';
import { JobError } from './error/JobError.ts';

interface MeasuredSpectrum {
  readonly id: string;
  readonly record: SpectrumRecord;
}

/** Throws a JobError (REFUSED) when the database refuses one, as it does when the step has another spectrum. */
export async function recordSpectra(
  database: Database,
  { runId, stepNumber: number, request }: SpectrumJob,
  measured: readonly MeasuredSpectrum[],
): Promise<void> {
  const lines = measured.map(({ id, record }): RecordLine => ({ ...spectrumLine(runId, record), id }));
  const [first] = measured;
  // Of a network trained elsewhere often nothing else logs the loss; what was logged is of the training, which another file need not be of.
  const isNetwork = request.source.kind === 'onnx' && first !== undefined;
  const [logged = null] = isNetwork ? await steps.byNumbers(database, [{ runId, number }]) : [];
  // The gradient of a block is not that of the step.
  const gradientNorm = request.blocks ? null : first?.record.gradientNorm;
  const step: RecordLine[] =
    isNetwork && (logged?.trainLoss ?? null) === null && (logged?.gradientNorm ?? null) === null
      ? [{ v: 1, kind: 'step', runId, number, trainLoss: first.record.loss, gradientNorm }]
      : [];
  const results = (await ingest(database, [...step, ...lines])).slice(step.length);
  for (const result of results) if (result.status === 'REFUSED') throw new JobError('REFUSED', result.message);
}
