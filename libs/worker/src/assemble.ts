/** Assembles one spectrum from the results of all groups of probes, as one process would have measured it, and records it. */
import path from 'node:path';
import { jobs, spectra } from '@ritz/database';
import type { FinishedProbes } from '@ritz/lanczos';
import { measureProbes, measureSpectrum, type SpectrumRecord } from '@ritz/training';
import type { PartExecution } from './PartExecution.ts';
import { recordSpectra } from './recordSpectra.ts';
import { fetchState, removeStates } from './SavedState.ts';
import type { EngineSlot } from './EngineSlot.ts';
import type { WorkerContext } from './WorkerContext.ts';

/** Resolves when the spectrum is recorded and its job finished. Throws what stopped it. */
export async function assemble(run: PartExecution, slot: EngineSlot, context: WorkerContext): Promise<void> {
  const { job, groups } = run.part;
  const { database, store } = context.machine;
  // An earlier attempt may have been stopped just after it recorded the spectrum.
  const [known] = await spectra.byIds(database, [job.id]);
  if (!known) {
    const record = await measureWhole(run, slot, context);
    const seconds = groups.reduce((sum, { result }) => sum + result.seconds, record.seconds);
    run.isFinishing = true;
    await context.persist(() => recordSpectra(database, job, [{ record: { ...record, seconds }, id: job.id }]));
  }
  run.isFinishing = true;
  await context.persist(() => jobs.finishAssembly(database, run.part));
  context.log(`${run.title}: recorded as step ${job.stepNumber} of run ${job.runId}.`);
  // States that cannot be removed only take up space.
  await removeStates(store, job.id).catch((error: unknown) => context.log(`${run.title}: ${String(error)}`));
}

/** From the bases of all probes: the top Ritz vectors, the gradient's share in them, and how its energy is spread. */
async function measureWhole(run: PartExecution, slot: EngineSlot, context: WorkerContext): Promise<SpectrumRecord> {
  const { part } = run;
  const { engine, curvature, settings } = await slot.prepare(part);
  const { signal } = run.controller;
  const finished: FinishedProbes[] = [];
  for (const { index, firstProbe, probeCount: probes, saved } of part.groups) {
    const file = path.join(context.folder, `${part.lease}-${index}.lanczos`);
    const name = { jobId: part.job.id, index, lease: saved?.lease ?? '' };
    if (!saved || !(await fetchState(context.machine.store, name, saved.bytes, file))) {
      context.log(`${run.title}: the store no longer has the state of part ${index}; measuring it again.`);
      await measureProbes({
        hessian: curvature.hessian,
        engine,
        settings,
        firstProbe,
        probes,
        journal: { file },
        signal,
      });
    }
    finished.push({ firstProbe, probes, file });
  }
  return measureSpectrum({ ...curvature, engine, step: part.job.stepNumber, settings, finished, signal });
}
