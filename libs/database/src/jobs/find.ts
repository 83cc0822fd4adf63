/** Jobs and their parts, and how much waits. */
import { isUuid, jobStatuses, type JobStatus } from '@ritz/records';
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { decodeCursor, encodeCursor, invalidCursor, pageLength } from '../input/cursor.ts';
import { groupedInOrder, inOrder } from '../input/inOrder.ts';
import type { Page } from '../input/Page.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { QueueDepth, SpectrumJob, SpectrumPart } from './Job.ts';
import { selectJobs, selectParts } from './select.ts';

export interface JobListOptions {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly status?: JobStatus | null | undefined;
}

const ordering = 'spectrum jobs';

/** Newest first. @throws DatabaseError INVALID for a page length outside 1 to 1000 or a cursor of another list. */
export async function list(database: Database, options: JobListOptions = {}): Promise<Page<SpectrumJob>> {
  const length = pageLength(options.first);
  const after = options.after ?? null;
  const matches = options.status ? eq(spectrumJob.status, options.status) : undefined;
  const behind = after === null ? undefined : jobsBehind(after);
  return query(database, async (orm) => {
    const rows = await selectJobs(database, orm, and(matches, behind))
      .orderBy(desc(spectrumJob.createdAt), desc(spectrumJob.id))
      .limit(length + 1);
    const [total] = await orm
      .select({ count: count() })
      .from(spectrumJob)
      .where(and(visibleRun(database, spectrumJob.runId), matches));
    const items = rows.slice(0, length);
    return {
      items,
      cursors: items.map(({ createdAt, id }) => encodeCursor([ordering, createdAt.toISOString(), id])),
      hasNextPage: rows.length > length,
      hasPreviousPage: after !== null,
      totalCount: total?.count ?? 0,
    };
  });
}

function jobsBehind(cursor: string) {
  const [time = '', id = ''] = decodeCursor(cursor, ordering, 2);
  if (!isUuid(id) || Number.isNaN(Date.parse(time))) throw invalidCursor(cursor);
  return sql`(${spectrumJob.createdAt}, ${spectrumJob.id}) < (${time}::timestamptz, ${id}::uuid)`;
}

/** One answer per id, in order; `null` where there is no such job. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(SpectrumJob | null)[]> {
  const rows = await query(database, (orm) => selectJobs(database, orm, inArray(spectrumJob.id, ids.filter(isUuid))));
  return inOrder(ids, rows, ({ id }) => id);
}

/** The parts of jobs that were read before, in their order. */
export async function parts(database: Database, jobIds: readonly string[]): Promise<SpectrumPart[][]> {
  const rows = await query(database, (orm) => selectParts(orm, inArray(spectrumPart.jobId, [...jobIds])));
  return groupedInOrder(jobIds, rows, ({ jobId }) => jobId);
}

/** Parts by status, of the jobs that exist for the access. */
export async function depth(database: Database): Promise<QueueDepth> {
  const rows = await query(database, (orm) =>
    orm
      .select({ status: spectrumPart.status, count: count() })
      .from(spectrumPart)
      .innerJoin(spectrumJob, eq(spectrumJob.id, spectrumPart.jobId))
      .where(visibleRun(database, spectrumJob.runId))
      .groupBy(spectrumPart.status),
  );
  const counts = new Map(rows.map((row) => [row.status, row.count]));
  return Object.fromEntries(jobStatuses.map((status) => [status, counts.get(status) ?? 0])) as QueueDepth;
}
