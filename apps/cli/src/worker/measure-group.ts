/** Measures a group of probes, from where an earlier attempt left its state, and says what came out. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { jobs, type PartResult } from '@ritz/database';
import { LanczosError } from '@ritz/lanczos';
import { measureProbes } from '@ritz/training';
import type { PartRun } from './PartRun.ts';
import { fetchState, SavedState } from './SavedState.ts';
import type { Prepared, Slot } from './Slot.ts';
import type { Workshop } from './Workshop.ts';

/** Resolves when the result is stored. Throws what stopped it. */
export async function measureGroup(run: PartRun, slot: Slot, workshop: Workshop): Promise<void> {
  const { part } = run;
  const { database, store } = workshop.machine;
  const file = path.join(workshop.folder, `${part.lease}.lanczos`);
  const name = { jobId: part.job.id, index: part.index };
  const { saved } = part;
  const resumed = saved !== null && (await fetchState(store, { ...name, lease: saved.lease }, saved.bytes, file));
  const prepared = await slot.prepare(part);
  const state = new SavedState(store, { ...name, lease: part.lease }, file);
  const started = performance.now();
  const probes = await measureFrom(run, prepared, { file, state, resumed, log: workshop.log });
  const seconds = (performance.now() - started) / 1000;
  await state.save();
  run.finishing = true;
  const result = { probes, seconds };
  const taken = await workshop.persist(() =>
    jobs.finishGroup(database, part, result, state.savedBytes, run.resumedFrom),
  );
  workshop.log(`${run.title}: ${taken ? `measured in ${seconds.toFixed(1)} s` : 'was there already'}.`);
}

interface Journal {
  readonly file: string;
  readonly state: SavedState;
  /** Whether the file holds the state of an earlier attempt. */
  readonly resumed: boolean;
  readonly log: (line: string) => void;
}

/** A state that cannot be gone on from, such as one of a machine that computes other bits, is left behind. */
async function measureFrom(run: PartRun, prepared: Prepared, journal: Journal): Promise<PartResult['probes']> {
  try {
    return await measureOnce(run, prepared, journal);
  } catch (error) {
    if (!journal.resumed || !(error instanceof LanczosError) || error.code !== 'CORRUPT_STATE') throw error;
    journal.log(`${run.title}: begins anew. ${error.message}`);
    await fs.rm(journal.file);
    return measureOnce(run, prepared, { ...journal, resumed: false });
  }
}

async function measureOnce(
  run: PartRun,
  { engine, matrix, settings }: Prepared,
  { file, state, resumed, log }: Journal,
): Promise<PartResult['probes']> {
  const { firstProbe, probeCount } = run.part;
  const measured = await measureProbes({
    ...{ hessian: matrix.hessian, engine, settings, firstProbe, probes: probeCount },
    journal: { file },
    signal: run.controller.signal,
    onProgress: ({ done }) => {
      if (run.state === null && resumed && done > 1) {
        run.resumedFrom = done - 1;
        log(`${run.title}: goes on from Lanczos step ${done - 1}.`);
      }
      run.state = state;
      run.stepsDone = done;
    },
  });
  return measured.map(({ index, seed, alpha, beta }) => ({ index, seed, alpha: [...alpha], beta: [...beta] }));
}
