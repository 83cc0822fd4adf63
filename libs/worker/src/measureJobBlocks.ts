/** Measures the blocks of a matrix together, and records each. */
import { jobs, spectra } from '@ritz/database';
import { parameterBlocks } from '@ritz/estimation';
import { measureBlocks, spectrumId } from '@ritz/training';
import type { EngineSlot } from './EngineSlot.ts';
import type { PartExecution } from './PartExecution.ts';
import { recordSpectra } from './recordSpectra.ts';
import type { WorkerContext } from './WorkerContext.ts';

/** Resolves when the spectra are recorded and their job finished. Throws what stopped it. */
export async function measureJobBlocks(run: PartExecution, slot: EngineSlot, context: WorkerContext): Promise<void> {
  const { job } = run.part;
  const { runId, stepNumber: step, request } = job;
  const { database } = context.machine;
  const { engine, curvature, settings } = await slot.prepare(run.part);
  const { model, ...measuring } = curvature;
  const blocks = parameterBlocks(model, request.blocks ?? {}).map((block) => ({
    block,
    id: spectrumId(runId, step, { operator: request.operator, block: block.name, preconditioner: 'none' }),
  }));
  // An earlier attempt may have been stopped just after it recorded them.
  const known = await spectra.byIds(
    database,
    blocks.map(({ id }) => id),
  );
  const absent = blocks.filter((_, at) => !known[at]);
  if (absent.length > 0) {
    const options = {
      ...measuring,
      ...{ engine, step, settings, signal: run.controller.signal },
      onProgress: ({ done }: { readonly done: number }) => {
        run.stepsDone = done;
      },
    };
    const records = await measureBlocks(
      options,
      model,
      absent.map(({ block }) => block),
    );
    const measured = absent.flatMap(({ id }, at) => {
      const record = records[at];
      return record ? [{ id, record }] : [];
    });
    run.isFinishing = true;
    await context.persist(() => recordSpectra(database, job, measured));
  }
  run.isFinishing = true;
  await context.persist(() => jobs.finishAssembly(database, run.part));
  context.log(`${run.title}: recorded as step ${step} of run ${runId}.`);
}
