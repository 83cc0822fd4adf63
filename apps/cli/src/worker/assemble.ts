/** Makes one spectrum of what all groups of probes measured, as one process would have, and records it. */
import path from 'node:path';
import { ingest, jobs, spectra } from '@ritz/database';
import type { FinishedProbes } from '@ritz/lanczos';
import type { RecordLine } from '@ritz/records';
import { measureProbes, measureSpectrum, spectrumLine, type SpectrumRecord } from '@ritz/training';
import { CliError } from '../terminal/cli-error.ts';
import type { PartRun } from './PartRun.ts';
import { fetchState, removeStates } from './SavedState.ts';
import type { Slot } from './Slot.ts';
import type { Workshop } from './Workshop.ts';

/** Resolves when the spectrum is recorded and its job at its end. Throws what stopped it. */
export async function assemble(run: PartRun, slot: Slot, workshop: Workshop): Promise<void> {
  const { job, groups } = run.part;
  const { database, store } = workshop.machine;
  // An earlier attempt may have been stopped just after it recorded the spectrum.
  const [known] = await spectra.byIds(database, [job.id]);
  if (!known) {
    const record = await measureWhole(run, slot, workshop);
    const seconds = groups.reduce((sum, { result }) => sum + result.seconds, record.seconds);
    run.finishing = true;
    await workshop.persist(() => recordSpectrum(run, { ...record, seconds }, workshop));
  }
  run.finishing = true;
  await workshop.persist(() => jobs.finishAssembly(database, run.part));
  workshop.log(`${run.title}: recorded as step ${job.stepNumber} of run ${job.runId}.`);
  // What is left there takes room and no more.
  await removeStates(store, job.id).catch((error: unknown) => workshop.log(`${run.title}: ${String(error)}`));
}

/** From the bases of all probes: the top Ritz vectors, the gradient's share in them, and how its energy is spread. */
async function measureWhole(run: PartRun, slot: Slot, workshop: Workshop): Promise<SpectrumRecord> {
  const { part } = run;
  const { engine, matrix, settings } = await slot.prepare(part);
  const { signal } = run.controller;
  const finished: FinishedProbes[] = [];
  for (const { index, firstProbe, probeCount: probes, saved } of part.groups) {
    const file = path.join(workshop.folder, `${part.lease}-${index}.lanczos`);
    const name = { jobId: part.job.id, index, lease: saved?.lease ?? '' };
    if (!saved || !(await fetchState(workshop.machine.store, name, saved.bytes, file))) {
      workshop.log(`${run.title}: the store has lost the state of part ${index}, which is measured again.`);
      await measureProbes({ hessian: matrix.hessian, engine, settings, firstProbe, probes, journal: { file }, signal });
    }
    finished.push({ firstProbe, probes, file });
  }
  return measureSpectrum({ ...matrix, engine, step: part.job.stepNumber, settings, finished, signal });
}

/** Throws a CliError when the platform refuses it, as it does where the step has another spectrum. */
async function recordSpectrum(run: PartRun, record: SpectrumRecord, { machine }: Workshop): Promise<void> {
  const { job } = run.part;
  const { runId, stepNumber: number } = job;
  const line: RecordLine = { ...spectrumLine(runId, record), id: job.id };
  const { loss: trainLoss, gradientNorm } = record;
  // Of a network from elsewhere nobody else tells the loss.
  const step: RecordLine = { v: 1, kind: 'step', runId, number, trainLoss, gradientNorm };
  const isNetwork = job.request.source.kind === 'onnx';
  const results = await ingest(machine.database, isNetwork ? [step, line] : [line]);
  const result = results.at(-1);
  if (result?.status === 'REFUSED') throw new CliError(result.message);
}
