/** Asks for a spectrum: the job, its parts and their entries in the queue, all of them or none. */
import { randomUUID } from 'node:crypto';
import { requestSchema, type NewSpectrumRequest, type SpectrumRequest } from '@ritz/records';
import { requireScope } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { clientTransaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { differences } from '../input/differences.ts';
import { parse } from '../input/parse.ts';
import { runNotFound } from '../runs/find.ts';
import { lockRuns } from '../runs/lockRuns.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { SpectrumJob } from './Job.ts';
import { queueOf } from './queue.ts';
import { lockJob } from './select.ts';

export interface RequestedSpectrum {
  readonly job: SpectrumJob;
  /** False when the same spectrum was asked for before. */
  readonly created: boolean;
}

/** What requests of earlier versions do not say. */
const laterFields: Partial<SpectrumRequest> = { blocks: null };

/**
 * @throws DatabaseError FORBIDDEN without WRITE; NOT_FOUND for the run; CONFLICT when something else was asked for under the id;
 *   INVALID naming the field.
 */
export async function request(database: Database, given: NewSpectrumRequest): Promise<RequestedSpectrum> {
  requireScope(database, 'write');
  const wanted = parse(requestSchema, given);
  const queue = await queueOf(database, wanted.engine);
  return clientTransaction(database, async (orm, client) => {
    const runs = await lockRuns(database, orm, [wanted.runId]);
    if (!runs.has(wanted.runId)) throw runNotFound(wanted.runId, 'runId');
    const { id, runId, step: stepNumber } = wanted;
    const inserted = await orm
      .insert(spectrumJob)
      .values({ id, runId, stepNumber, request: wanted })
      .onConflictDoNothing()
      .returning();
    const [job] = inserted;
    if (!job) {
      const known = await lockJob(database, orm, id);
      const [different] = differences({ ...laterFields, ...known.request }, { ...wanted });
      if (!different) return { job: known, created: false };
      throw new DatabaseError(
        'CONFLICT',
        `Job ${id} was asked for with another ${different.join('.')}. Give a new request a new id.`,
        { field: ['id'] },
      );
    }
    let firstProbe = 0;
    // Entries of one moment leave the queue in the order of their ids.
    const queueIds = wanted.probeGroups.map(() => randomUUID()).sort();
    const groups = wanted.probeGroups.map((probeCount, index) => {
      const part = { jobId: id, index, firstProbe, probeCount, queueId: queueIds[index] ?? randomUUID() };
      firstProbe += probeCount;
      return part;
    });
    const assembly = { jobId: id, index: groups.length, firstProbe: 0, probeCount: 0, queueId: randomUUID() };
    await orm.insert(spectrumPart).values([...groups, assembly]);
    // Blocks are measured and recorded by one part, which is due at once.
    const due = wanted.blocks === null ? groups : [assembly];
    await queue.add(
      client,
      due.map(({ queueId, jobId, index }) => ({ id: queueId, engine: wanted.engine, jobId, index })),
    );
    return { job, created: true };
  });
}
