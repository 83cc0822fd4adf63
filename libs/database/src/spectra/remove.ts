/** Removes one spectrum and keeps a trace of it. */
import { isUuid } from '@ritz/records';
import { and, desc, eq } from 'drizzle-orm';
import { requireScope, visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireText } from '../input/require.ts';
import { spectrum } from '../schema/spectrum.ts';
import { spectrumDeletion } from '../schema/spectrumDeletion.ts';

/** What is left of a removed spectrum. */
export type SpectrumDeletion = Readonly<typeof spectrumDeletion.$inferSelect>;

const mostDeletions = 1000;

/**
 * Removes a spectrum with its probes, overlaps and energies. Null when there was none.
 * @param reason for those who look at the run later.
 * @throws DatabaseError FORBIDDEN; INVALID for an empty reason.
 */
export async function remove(
  database: Database,
  id: string,
  reason: string,
  deletedBy: string | null = null,
): Promise<SpectrumDeletion | null> {
  requireScope(database, 'admin');
  const why = requireText(reason, ['reason']).trim();
  if (why === '') {
    throw new DatabaseError('INVALID', 'reason: expected why the spectrum is wrong, got an empty text.', {
      field: ['reason'],
    });
  }
  if (!isUuid(id)) return null;
  return query(database, (orm) =>
    orm.transaction(async (transaction) => {
      const [gone] = await transaction
        .delete(spectrum)
        .where(and(eq(spectrum.id, id), visibleRun(database, spectrum.runId)))
        .returning();
      if (!gone) return null;
      const { runId, stepNumber, operator, block, preconditioner } = gone;
      const [trace] = await transaction
        .insert(spectrumDeletion)
        .values({ spectrumId: id, runId, stepNumber, operator, block, preconditioner, reason: why, deletedBy })
        .returning();
      return trace ?? null;
    }),
  );
}

/** The deletions of a run, the newest first, at most 1000. */
export function deletions(database: Database, runId: string): Promise<SpectrumDeletion[]> {
  if (!isUuid(runId)) return Promise.resolve([]);
  return query(database, (orm) =>
    orm
      .select()
      .from(spectrumDeletion)
      .where(and(eq(spectrumDeletion.runId, runId), visibleRun(database, spectrumDeletion.runId)))
      .orderBy(desc(spectrumDeletion.deletedAt), desc(spectrumDeletion.id))
      .limit(mostDeletions),
  );
}
