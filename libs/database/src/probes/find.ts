/** The probes of measured spectra. */
import { isUuid, type ProbeValues } from '@ritz/records';
import { and, asc, getTableColumns, inArray } from 'drizzle-orm';
import { visibleSpectrum } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { doublesOf } from '../connection/doubles.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { groupedInOrder } from '../input/inOrder.ts';
import { probe } from '../schema/probe.ts';

export type Probe = ProbeValues & { readonly spectrumId: string };

/** All columns of the table, the long ones by the short way. */
export const probeColumns = {
  ...getTableColumns(probe),
  alpha: doublesOf(probe.alpha),
  beta: doublesOf(probe.beta),
  nodes: doublesOf(probe.nodes),
  weights: doublesOf(probe.weights),
};

/** The probes of each spectrum, by index; empty where there is no such spectrum. */
export async function bySpectra(database: Database, spectrumIds: readonly string[]): Promise<Probe[][]> {
  const rows = await query(database, (orm) =>
    orm
      .select(probeColumns)
      .from(probe)
      .where(and(inArray(probe.spectrumId, spectrumIds.filter(isUuid)), visibleSpectrum(database, probe.spectrumId)))
      .orderBy(asc(probe.spectrumId), asc(probe.index)),
  );
  return groupedInOrder(spectrumIds, rows.map(toProbe), (row) => row.spectrumId);
}

function toProbe(row: typeof probe.$inferSelect): Probe {
  const { alpha, beta, nodes, weights, ...identity } = row;
  if (alpha !== null && beta !== null) return { ...identity, alpha, beta, nodes: null, weights: null };
  if (nodes !== null && weights !== null) return { ...identity, alpha: null, beta: null, nodes, weights };
  // The table's check constraint leaves no other case.
  throw new DatabaseError('INVALID', `Probe ${row.index} of spectrum ${row.spectrumId} has no measurement.`);
}
