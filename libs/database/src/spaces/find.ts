/** The spaces of the largest eigenvalues of measured spectra. */
import { isUuid } from '@ritz/records';
import { and, inArray } from 'drizzle-orm';
import { visibleSpectrum } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { topSpace } from '../schema/topSpace.ts';

export type TopSpace = Readonly<typeof topSpace.$inferSelect>;

/** That of each spectrum; null where none was measured. */
export async function bySpectra(database: Database, spectrumIds: readonly string[]): Promise<(TopSpace | null)[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(topSpace)
      .where(
        and(inArray(topSpace.spectrumId, spectrumIds.filter(isUuid)), visibleSpectrum(database, topSpace.spectrumId)),
      ),
  );
  return inOrder(spectrumIds, rows, (row) => row.spectrumId);
}
