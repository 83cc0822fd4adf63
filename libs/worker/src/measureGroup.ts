/** Measures a group of probes, resuming from the state of an earlier attempt, and stores the result. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { jobs, type PartResult } from '@ritz/database';
import { LanczosError } from '@ritz/lanczos';
import { measureProbes } from '@ritz/training';
import type { PartExecution } from './PartExecution.ts';
import { fetchState, SavedState } from './SavedState.ts';
import type { Prepared, EngineSlot } from './EngineSlot.ts';
import type { WorkerContext } from './WorkerContext.ts';

/** Resolves when the result is stored. Throws what stopped it. */
export async function measureGroup(run: PartExecution, slot: EngineSlot, context: WorkerContext): Promise<void> {
  const { part } = run;
  const { database, store } = context.machine;
  const file = path.join(context.folder, `${part.lease}.lanczos`);
  const name = { jobId: part.job.id, index: part.index };
  const { saved } = part;
  const resumed = saved !== null && (await fetchState(store, { ...name, lease: saved.lease }, saved.bytes, file));
  const prepared = await slot.prepare(part);
  const state = new SavedState(store, { ...name, lease: part.lease }, file);
  const started = performance.now();
  const probes = await measureFrom(run, prepared, { file, state, resumed, log: context.log });
  const seconds = (performance.now() - started) / 1000;
  await state.save();
  run.isFinishing = true;
  const result = { probes, seconds };
  const isNew = await context.persist(() =>
    jobs.finishGroup(database, part, result, state.savedBytes, run.resumedFrom),
  );
  context.log(`${run.title}: ${isNew ? `measured in ${seconds.toFixed(1)} s` : 'already stored'}.`);
}

interface Journal {
  readonly file: string;
  readonly state: SavedState;
  /** Whether the file holds the state of an earlier attempt. */
  readonly resumed: boolean;
  readonly log: (line: string) => void;
}

/** A state that cannot be resumed, such as one from a machine that computes other bits, is discarded. */
async function measureFrom(run: PartExecution, prepared: Prepared, journal: Journal): Promise<PartResult['probes']> {
  try {
    return await measureOnce(run, prepared, journal);
  } catch (error) {
    if (!journal.resumed || !(error instanceof LanczosError) || error.code !== 'CORRUPT_STATE') throw error;
    journal.log(`${run.title}: starting again. ${error.message}`);
    await fs.rm(journal.file);
    return measureOnce(run, prepared, { ...journal, resumed: false });
  }
}

async function measureOnce(
  run: PartExecution,
  { engine, curvature, settings }: Prepared,
  { file, state, resumed, log }: Journal,
): Promise<PartResult['probes']> {
  const { firstProbe, probeCount } = run.part;
  const measured = await measureProbes({
    ...{ hessian: curvature.hessian, engine, settings, firstProbe, probes: probeCount },
    journal: { file },
    signal: run.controller.signal,
    onProgress: ({ done }) => {
      if (run.state === null && resumed && done > 1) {
        run.resumedFrom = done - 1;
        log(`${run.title}: resuming from Lanczos step ${done - 1}.`);
      }
      run.state = state;
      run.stepsDone = done;
    },
  });
  return measured.map(({ index, seed, alpha, beta }) => ({ index, seed, alpha: [...alpha], beta: [...beta] }));
}
