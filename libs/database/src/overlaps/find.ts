/** The gradient overlaps of measured spectra. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleSpectrum } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { groupedInOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { overlap } from '../schema/overlap.ts';

export type Overlap = Readonly<typeof overlap.$inferSelect>;

/** The overlaps of each spectrum, by K and kind of gradient; empty where none was measured. */
export async function bySpectra(database: Database, spectrumIds: readonly string[]): Promise<Overlap[][]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(overlap)
      .where(
        and(inArray(overlap.spectrumId, spectrumIds.filter(isUuid)), visibleSpectrum(database, overlap.spectrumId)),
      )
      .orderBy(asc(overlap.spectrumId), asc(overlap.k), asc(overlap.gradient)),
  );
  return groupedInOrder(spectrumIds, rows, (row) => row.spectrumId);
}
