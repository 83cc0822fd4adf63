/** The gradient energy spectra that were measured along with spectra. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleSpectrum } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { groupedInOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { gradientEnergy } from '../schema/gradientEnergy.ts';

export type GradientEnergy = Readonly<typeof gradientEnergy.$inferSelect>;

/** Those of each spectrum, by kind of gradient; empty where none was measured. */
export async function bySpectra(database: Database, spectrumIds: readonly string[]): Promise<GradientEnergy[][]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(gradientEnergy)
      .where(
        and(
          inArray(gradientEnergy.spectrumId, spectrumIds.filter(isUuid)),
          visibleSpectrum(database, gradientEnergy.spectrumId),
        ),
      )
      .orderBy(asc(gradientEnergy.spectrumId), asc(gradientEnergy.gradient)),
  );
  return groupedInOrder(spectrumIds, rows, (row) => row.spectrumId);
}
